"""Each thing a colleague does to a file: its form, its verb, and what goes out by it.

One table, as the lifecycle is one table: an address, a form and a verb for each line.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise

from pasokh.casework.complaints import rules
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.kernel.actors import Actor

Data = dict[str, Any]
Do = Callable[[CasePage, Data, Actor, datetime], object]


class ActForm(forms.Form):
    """A form about one file. `page` is the file as its reader sees it; nothing here is bound to
    a table. `version` tells whether somebody else acted meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, page: CasePage, initial: Data | None = None) -> None:
        self.page = page
        first = {"version": page.case.version, **(initial or {})}
        super().__init__(data, initial=first)
        self.prepare()

    def prepare(self) -> None:
        """Add fields that depend on the file."""

    def said(self) -> Data:
        """What was said, without the version."""
        return {name: told for name, told in self.cleaned_data.items() if name != "version"}


@dataclass(frozen=True)
class Act:
    """One line of the table. `name` is its address, `step` what the lifecycle calls it.

    `sends` says what will be sent to the complainant, `letter` of which kind it is, where that may
    wait for approval; `grave` marks what is hard to undo. `right` is what it needs beyond the right
    of its step; `inside` says that nobody outside will read it.
    """

    name: str
    step: Step
    title: str | Promise
    button: str | Promise
    form: type[ActForm]
    do: Do
    help: str | Promise = ""
    sends: str | Promise = ""
    letter: LetterKind | None = None
    grave: bool = False
    template: str = "desk/act.html"
    right: str = ""
    inside: bool = False
    offered: Callable[[CasePage], bool] = lambda page: True


def by_name(*families: tuple[Act, ...]) -> Mapping[str, Act]:
    """The table from its families, by address."""
    return {act.name: act for family in families for act in family}


def refusal(act: Act, page: CasePage, actor: Actor) -> str | None:
    """Say why the reader of a file may not do this to it now, by a code, or None."""
    if act.right and not actor.may(act.right, unit=page.case.unit_id):
        return "not-authorised"
    return rules.refusal(act.step, page.facts, actor)


def offered(page: CasePage, acts: Mapping[str, Act], actor: Actor) -> Iterator[Act]:
    """The acts that the reader of a file may do now."""
    return (
        act
        for act in acts.values()
        if page.can(act.step) and act.offered(page) and refusal(act, page, actor) is None
    )
