"""The reader of the command line: what it does not understand it says in the operator's language.

argparse speaks of mistakes in English sentences without names for what stands in them. Each that a
command can meet is recognised here and said in words of our own.
"""

import argparse
import re
import sys
from typing import Any, NoReturn

from pasokh.config.messages import _, later

#: argparse looks these of its words up in our catalogue; here they stand for the translators.
ARGPARSE = (
    later("usage: "),
    later("positional arguments"),
    later("options"),
    later("show this help message and exit"),
)

#: What argparse says of a mistake, and what we say of it.
MISTAKES = (
    (
        r"unrecognized arguments: (?P<given>.+)",
        later("“%(given)s” is not understood. “%(prog)s --help” says what is."),
    ),
    (
        r"the following arguments are required: (?P<names>.+)",
        later("Something is missing: %(names)s. “%(prog)s --help” says what it is."),
    ),
    (r"argument (?P<name>\S+): expected one argument", later("%(name)s needs a value after it.")),
    (
        r"argument (?P<name>\S+): ignored explicit argument '(?P<value>.*)'",
        later("%(name)s takes no value; leave “%(value)s” out."),
    ),
    (
        r"argument (?P<name>\S+): invalid \w+ value: '(?P<value>.*)'",
        later("%(name)s needs a whole number, not “%(value)s”."),
    ),
    (r"argument (?P<name>\S+): (?P<why>.+)", later("%(name)s: %(why)s.")),
)

#: The command was not understood, as argparse counts it.
MISTYPED = 2


class Parser(argparse.ArgumentParser):
    """An argument parser that knows whole options only and answers in sentences."""

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(**options)  # type: ignore[arg-type]

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Refuse what is left over where it stands, under the command that does not know it."""
        told, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return told, rest

    def error(self, message: str) -> NoReturn:
        """Say what was not understood, under the usage, and end with exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(MISTYPED, f"{self.prog}: {self._said(message)}\n")

    def _said(self, message: str) -> str:
        for pattern, sentence in MISTAKES:
            if found := re.fullmatch(pattern, message, re.S):
                return _(sentence) % {**found.groupdict(), "prog": self.prog}
        return message
