"""Logging: plain lines on stderr, without what people wrote.

Paths may carry a tracking token, and messages of errors may quote a row or a form: both stay out.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

HEALTH = "/healthz"
#: Errors whose message speaks of programs and files, never of a complaint.
_HARMLESS = (OSError, ImportError, AttributeError, NameError, TypeError, NotImplementedError)

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Formats a traceback with the kind of each error, not with what it quotes."""

    def formatException(self, ei: _Raised) -> str:  # noqa: N802  the name the library calls
        lines, seen = [], set[int]()
        error: BaseException | None = ei[1]
        while error and id(error) not in seen:  # one raised again may be its own cause's cause
            seen.add(id(error))
            lines += traceback.format_tb(error.__traceback__)
            lines.append(f"{type(error).__qualname__}{_detail(error)}\n")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()


def _detail(error: BaseException) -> str:
    if state := getattr(error, "sqlstate", None):
        constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
        return f": {state} {constraint or ''}".rstrip()
    return f": {error}" if isinstance(error, _HARMLESS) else ""


def discreet(record: logging.LogRecord) -> bool:
    """Show the pattern of an address in place of the address itself; leave out what probes ask."""
    request = getattr(record, "request", None)
    if getattr(request, "path", None) == HEALTH:
        return False
    if request is not None and record.args:
        match = getattr(request, "resolver_match", None)
        shown = f"/{match.route}" if match else "(no such page)"
        record.args = tuple(shown if part == request.path else part for part in record.args)
    return True


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "django.utils.log.CallbackFilter", "callback": discreet}},
    "formatters": {
        "plain": {
            "()": "pasokh.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "pasokh": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        # An address that this server does not answer to is the visitor's matter.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
