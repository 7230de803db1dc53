"""What the desk's forms offer to choose from."""

from django.utils.translation import get_language

from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.queries.case import IssueOnCase
from pasokh.desk.fields import Choices
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.queries import Colleague
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

#: How a list shows that an entry stands under another.
_INDENT = "\u2003"


def terms(kind: Kind) -> Choices:
    """The terms in use of a list by id, set in under those above them."""
    return [(one.id, _INDENT * one.depth + str(one.name)) for one in taxonomy.terms(kind)]


def channels() -> Choices:
    """The channels in use by code."""
    return [(one.code, one.name) for one in taxonomy.terms(Kind.CHANNEL)]


def units() -> Choices:
    """The units in use by id."""
    return [(one.pk, one.name) for one in organisation.units() if one.retired_at is None]


def colleagues() -> Choices:
    """Every active colleague by id."""
    return named(organisation.colleagues(now()))


def free(page: CasePage, right: str) -> Choices:
    """Those who are free to take a file: present, holding the right, and not complained about."""
    barred = page.facts.complained_about | (page.facts.earlier_judges - page.facts.waived)
    return named(organisation.staff_free_to_take(right, page.case.unit_id, now(), barred))


def bodies() -> Choices:
    """The outside bodies by id."""
    return [(one.pk, one.name) for one in taxonomy.outside_bodies()]


def issues(page: CasePage) -> Choices:
    """The issues that are still in a file, by number."""
    return [(issue.number, _issue(issue)) for issue in _staying(page)]


def issues_by_id(page: CasePage) -> Choices:
    """The issues that are still in a file, by id."""
    return [(issue.id, _issue(issue)) for issue in _staying(page)]


def _staying(page: CasePage) -> list[IssueOnCase]:
    return [issue for issue in page.issues if issue.moved_to is None]


def _issue(issue: IssueOnCase) -> str:
    return f"{numerals(issue.number, get_language() or 'en')}. {_short(issue.text)}"


def named(found: list[Colleague]) -> Choices:
    """Colleagues by id, each with their post."""
    return [
        (one.id, f"{one.name} · {one.post}" if str(one.post) else str(one.name)) for one in found
    ]


def _short(text: str, most: int = 80) -> str:
    told = " ".join(text.split())
    return told if len(told) <= most else told[:most].rsplit(" ", 1)[0] + "…"
