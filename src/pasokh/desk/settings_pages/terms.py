"""The lists in the organisation's own words: categories, remedies, causes, channels."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import listed
from pasokh.desk.settings_pages.fields import apart, both, form, pair
from pasokh.desk.settings_pages.frame import (
    Data,
    Deed,
    Do,
    Nothing,
    Row,
    Sheet,
    Text,
    answer,
    setting,
)
from pasokh.kernel.actors import Actor
from pasokh.policy.taxonomy import actions, queries
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.policy.taxonomy.queries import Listed

RIGHT = "taxonomy.configure"
KINDS: Mapping[Kind, Text] = {
    Kind.CATEGORY: _("Categories of complaints"),
    Kind.CAUSE: _("Causes"),
    Kind.REMEDY: _("Kinds of remedies"),
    Kind.CHANNEL: _("Channels"),
    Kind.PRODUCT: _("Products and services"),
}
_INDENT = "\u2003"


@setting(RIGHT)
def lists(request: DeskRequest) -> HttpResponse:
    """Lead to each list, and plant the ones to start from."""

    def plant(data: Data, by: Actor, at: datetime) -> None:
        actions.plant(by=by, at=at)

    deed = Deed(
        *("plant", Nothing, plant, _("Fill the lists")),
        done=_("The lists are filled; change them as you need."),
        title=_("Start from lists that are ready"),
        help=_("Whatever you entered or changed stays as it is."),
    )
    links = [(reverse("desk:set-up-list", args=[kind]), name) for kind, name in KINDS.items()]
    links.append((reverse("desk:set-up-bodies"), _("Outside bodies")))
    about = _("What complaints are coded with, in your own words and in both languages.")
    return answer(request, Sheet(_("Lists"), [deed], help=about, links=[("", links)]))


@setting(RIGHT)
def terms(request: DeskRequest, kind: str) -> HttpResponse:
    """Show a list, and add to it."""
    of = _kind(kind)
    found = queries.all_terms(of)
    other = "en" if (get_language() or "").startswith("fa") else "fa"
    rows = [
        Row(
            _INDENT * one.depth + str(one.name),
            (one.name.in_(other),),
            reverse("desk:set-up-term", args=[kind, one.code]),
            mark=_("No longer in use") if one.retired_at else "",
        )
        for one in found
    ]
    above = [(t.code, _INDENT * t.depth + str(t.name)) for t in found if not t.retired_at]
    parent = listed(_("Under"), above, required=False, number=False)

    def add(data: Data, by: Actor, at: datetime) -> None:
        name = both(data, "name")
        code = code_from(name.en)
        actions.add_term(of, code, name=name, parent=data["parent"] or None, by=by, at=at)

    fields = form({**pair("name", _("Name")), "parent": parent})
    deed = Deed("add", fields, add, _("Add"), _("It is added."), _("Add to this list"))
    sheet = Sheet(
        KINDS[of],
        [deed],
        columns=(_("Name"), _("English") if other == "en" else _("Persian")),
        rows=rows,
        empty=_("This list is empty."),
        back=(reverse("desk:set-up-lists"), _("Lists")),
    )
    return answer(request, sheet)


@setting(RIGHT)
def term(request: DeskRequest, kind: str, code: str) -> HttpResponse:
    """Rename a term, move it, take it out of use, or into use again."""
    of = _kind(kind)
    if (held := queries.term(of, code)) is None:
        raise Http404

    def rename(data: Data, by: Actor, at: datetime) -> None:
        actions.rename_term(of, code, name=both(data, "name"), by=by, at=at)

    def move(data: Data, by: Actor, at: datetime) -> None:
        parent, position = places[data["place"]]
        actions.move_term(of, code, parent=parent, position=position, by=by, at=at)

    def retire(data: Data, by: Actor, at: datetime) -> None:
        actions.retire_term(of, code, by=by, at=at)

    def restore(data: Data, by: Actor, at: datetime) -> None:
        actions.restore_term(of, code, by=by, at=at)

    fields = form(pair("name", _("Name")), **apart("name", held.name))
    found = queries.all_terms(of)
    places = places_for(found, code)
    where = {"place": listed(_("Put it"), _called(found, places), number=False)}
    moved = _("It is moved; what was coded with it keeps it.")
    deeds = [
        Deed("rename", fields, rename, _("Save"), _("The name is saved."), RENAME),
        Deed("move", form(where), move, _("Move it"), moved, _("Its place in the list")),
        restoring(restore) if held.retired_at else retiring(retire),
    ]
    back = (reverse("desk:set-up-list", args=[kind]), KINDS[of])
    return answer(request, Sheet(held.name, deeds, back=back))


#: Where a term can stand: under which other (or none), and as which there, counting from 0.
Places = Mapping[str, tuple[str | None, int]]


def places_for(found: Sequence[Listed], code: str) -> Places:
    """Every place a term can be moved to: first, first under another in use, after another."""
    own, retired = _with_those_below(found, code), {one.code for one in found if one.retired_at}
    places: dict[str, tuple[str | None, int]] = {"first": (None, 0)}
    standing: Counter[str | None] = Counter()
    for one in found:
        if one.code in own:
            continue
        standing[one.parent] += 1
        if one.parent not in retired:
            places[f"after {one.code}"] = (one.parent, standing[one.parent])
        if one.code not in retired:
            places[f"under {one.code}"] = (one.code, 0)
    return places


def _with_those_below(found: Iterable[Listed], code: str) -> set[str]:
    own = {code}
    for one in found:  # each stands after what it stands under
        if one.parent in own:
            own.add(one.code)
    return own


def _called(found: Iterable[Listed], places: Places) -> list[tuple[str, Text]]:
    names = {one.code: str(one.name) for one in found}
    said = {"after": _("After “%(term)s”"), "under": _("First under “%(term)s”")}
    choices: list[tuple[str, Text]] = []
    for place in places:
        way, _space, code = place.partition(" ")
        known = said[way] % {"term": names[code]} if code else _("First in the list")
        choices.append((place, known))
    return choices


RENAME = _("Change the name")


def retiring(do: Do) -> Deed:
    """Take something out of use."""
    return Deed(
        *("retire", Nothing, do, _("Take it out of use")),
        done=_("It is out of use; what was done with it stays."),
        title=_("Take it out of use"),
        help=_("It is offered no more; files that use it keep it."),
        grave=True,
    )


def restoring(do: Do) -> Deed:
    """Take something into use again."""
    again = _("Use it again")
    return Deed("restore", Nothing, do, again, _("It is in use again."), again)


def _kind(kind: str) -> Kind:
    if kind not in set(KINDS):
        raise Http404
    return Kind(kind)


def code_from(english: str) -> str:
    """A code that means the same for ever, from the first name."""
    plain = re.sub("[^a-z0-9]+", "_", english.lower()).strip("_")
    return (plain if plain[:1].isalpha() else f"t_{plain}")[:40]
