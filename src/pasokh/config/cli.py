"""The `pasokh` command: one table of what it can do.

A command is a module with `summary`, `arguments(parser)` and `run(options) -> exit code`. Only
the module of the command that was asked for is read whole, so the supervisor stays small.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from pasokh.config import messages
from pasokh.config.messages import Unable, _, disk_trouble, later, warn
from pasokh.config.parser import MISTYPED, Parser
from pasokh.kernel.errors import Refused

#: The order in which help lists them.
COMMANDS = {
    "serve": later("start everything on this machine: database, web server and worker"),
    "web": later("run the web server"),
    "worker": later("run background jobs, the schedule and the ledger's sequencer"),
    "mail-listener": later("take mail over from a mail server, by LMTP or SMTP"),
    "mail-in": later("take one mail from standard input, as a mail server's pipe gives it"),
    "migrate": later("create the tables, or bring them up to date after an upgrade"),
    "demo": later("make a demonstration in an empty database: an invented year of complaints"),
    "verify": later("check the whole log: that nothing in it was altered, removed or added"),
    "import": later("take in complaints from spreadsheets"),
    "texts": later("set up text messages: by which gateway they leave"),
    "export-case": later("write one case into a folder that an outsider can check"),
    "backup": later("write everything into a folder, to be kept elsewhere"),
    "restore": later("bring a backup back, into an empty data folder and database"),
    "check": later("check the installation, sentence by sentence"),
}

#: Commands whose module cannot be called as they are.
MODULES = {"import": "import_sheets"}

#: Interrupted by the keyboard, as shells count it.
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pasokh.config.settings")
    messages.use(messages.language())
    given = list(sys.argv[1:] if argv is None else argv)
    if not given:
        warn(parser().format_help())
        return MISTYPED
    if not given[0].startswith("-") and given[0] not in COMMANDS:
        warn(
            _("There is no command “%(name)s”. The commands are: %(commands)s.")
            % {"name": given[0], "commands": ", ".join(COMMANDS)}
        )
        return MISTYPED
    options = parser(given[:1]).parse_args(given)
    try:
        return int(_module(options.command).run(options))
    except Unable as unable:
        warn(str(unable))
        return 1
    except Refused as refused:
        warn(_sentence(refused))
        return 1
    except OSError as error:
        sentence = disk_trouble(error, error.filename or "")
        if not sentence:
            raise
        warn(str(sentence))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def parser(asked: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser, with the options of the commands asked for."""
    whole = Parser(
        prog="pasokh",
        description=_("Pasokh: complaints handling that carries out ISO 10002 whole."),
        epilog=_("Settings come from the environment; docs/operations.md explains each."),
    )
    table = whole.add_subparsers(dest="command", required=True, metavar=_("command"))
    for name, summary in COMMANDS.items():
        one = table.add_parser(name, help=_(summary), description=_(summary))
        if name in asked:
            _module(name).arguments(one)
    return whole


def _sentence(refused: Refused) -> str:
    """What the domain's refusal says; only a command that has set up Django meets one."""
    from django.utils import translation  # noqa: PLC0415  Django-free path

    from pasokh.ui.sentences import sentence  # noqa: PLC0415  apps not loaded

    with translation.override(messages.language()):
        return sentence(refused)


def _module(name: str) -> ModuleType:
    return import_module(f"pasokh.config.{MODULES.get(name, name.replace('-', '_'))}")
