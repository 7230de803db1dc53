"""What the commands say to the operator, in English or Persian. Knows no Django.

The standard library's gettext reads the catalogue the screens use, so the commands speak the
operator's language even where Django, or a database, is not there yet.
"""

import contextlib
import errno
import gettext
import os
import sys
from collections.abc import Mapping
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
LANGUAGES = ("en", "fa")


class Unable(Exception):  # noqa: N818  a sentence for a person, not an error for a program
    """Say in one sentence what happened and what to do; the command ends with exit code 1."""


def language(environ: Mapping[str, str] = os.environ) -> str:
    """The first of `PASOKH_LANG`, `LC_ALL`, `LC_MESSAGES`, `LANG` that is set decides."""
    for name in ("PASOKH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if chosen := environ.get(name):
            return "fa" if chosen.lower().startswith("fa") else "en"
    return "en"


def use(chosen: str, catalogues: Path = LOCALE) -> None:
    """Speak this language from now on, argparse's own words included, and in child processes."""
    os.environ["PASOKH_LANG"] = os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain("django", str(catalogues))
    gettext.textdomain("django")


def _(text: str) -> str:
    return gettext.gettext(text)


def later(text: str) -> str:
    """Mark a text for the translators that is translated where it is shown."""
    return text


def say(text: str) -> None:
    """Tell the operator; a full disk under a redirected output stops nothing."""
    _write(sys.stdout, text)


def warn(text: str) -> None:
    """Tell the operator that something is wrong."""
    _write(sys.stderr, text)


def _write(stream: object, text: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        print(text, file=stream, flush=True)  # type: ignore[call-overload]


def disk_trouble(error: OSError, path: Path | str) -> Unable | None:
    """The sentence for an error that only the operator can mend; None for any other."""
    where = {"path": str(error.filename or path)}
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unable(full_disk() % where)
    if error.errno == errno.EROFS:
        return Unable(read_only_disk() % where)
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unable(
            _(
                "The account that runs Pasokh may not write to %(path)s. Give it that right, "
                "or choose another folder with PASOKH_DATA."
            )
            % where
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG):
        return Unable(
            _("%(path)s cannot be used as a folder. Choose another folder with PASOKH_DATA.")
            % where
        )
    return None


def full_disk() -> str:
    return _(
        "The disk that holds %(path)s is full; nothing was lost. Free some space there, "
        "then start Pasokh again."
    )


def read_only_disk() -> str:
    return _(
        "The disk that holds %(path)s is read-only. Make it writable, or choose another "
        "folder with PASOKH_DATA."
    )
