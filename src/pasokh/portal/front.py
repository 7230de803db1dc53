"""The front page: what is promised here is read from what the engine does."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.deadlines.sentences import length
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.clock import now
from pasokh.kernel.fields import Bilingual
from pasokh.policy.regimes.pack import Pack
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.portal.pages import House, Visit, page, show

#: The clocks a visitor is told of, in the order in which they run.
PROMISES = {
    "acknowledge": _("We confirm that we have your complaint within"),
    "assess": _("We look at what it needs within"),
    "update": _("Until you have our answer, we write to you at least every"),
    "decide": _("We decide within"),
    "respond": _("We answer in writing within"),
    "communicate": _("We tell you the decision, with reasons, within"),
    "verdict": _("You can accept or not accept it for"),
    "internal": _("You can ask that someone else looks again for"),
}
PERIODS = {
    "withdraw_undo": _("If you withdraw, you can change your mind for"),
    "reopen": _("A closed complaint can be opened again for"),
}
#: Those of the second look that a visitor is told of.
AGAIN = {name: PROMISES[name] for name in ("acknowledge", "decide", "respond", "communicate")}


@dataclass(frozen=True)
class Published:
    """One promise: what, and how long."""

    what: str | Promise
    length: str


@page
def front(request: Visit) -> HttpResponse:
    """Say how to complain, what happens then and by when, and where else one can go."""
    return show(
        request,
        "front",
        promises=published(request.house.pack),
        again=reviewed(request.house.pack),
        elsewhere=elsewhere(request.house),
        remedies=[term for term in taxonomy.terms(Kind.REMEDY) if term.leaf],
        bodies=taxonomy.outside_bodies(),
    )


@dataclass(frozen=True)
class Elsewhere:
    """What a unit with periods of its own promises that the others do not."""

    unit: Bilingual
    promises: list[Published]


def elsewhere(house: House) -> list[Elsewhere]:
    """The units whose periods differ from those of this page; those below them follow them."""
    at, usual = now(), published(house.pack)
    if not organisation.own_regimes(at).keys() - {None}:
        return []
    units = [one for one in organisation.units() if one.retired_at is None]
    theirs = {one.pk: published(organisation.regime_for(one.pk, at).load()) for one in units}
    return [
        Elsewhere(one.name, [each for each in theirs[one.pk] if each not in usual])
        for one in units
        if theirs[one.pk] not in (usual, theirs.get(one.parent_id or 0))
    ]


def reviewed(pack: Pack) -> list[Published] | None:
    """How long the second look takes; None under a regime that has only one."""
    if pack.stages < 2:
        return None
    language = get_language() or "en"
    rules = [(what, pack.clock(name, 2)) for name, what in AGAIN.items()]
    return [Published(what, length(rule.length, language)) for what, rule in rules if rule]


def published(pack: Pack) -> list[Published]:
    """The periods of a regime with the organisation's own numbers, in the reader's language."""
    language = get_language() or "en"
    clocks = [(what, pack.clock(name, 1)) for name, what in PROMISES.items()]
    periods = [(what, pack.periods.get(name)) for name, what in PERIODS.items()]
    return [
        Published(what, length(rule.length, language)) for what, rule in clocks + periods if rule
    ]
