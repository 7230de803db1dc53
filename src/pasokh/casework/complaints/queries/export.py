"""What leaves with an exported case: its files, and its story in words."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries.timeline import Happened, told
from pasokh.casework.inspection import queries as inspection
from pasokh.casework.inspection.verdicts import Standing
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry


def files_of(ref: str) -> list[str]:
    """The digests of every file that hangs on a case, each once: attachments, evidence, proofs.

    What lies in quarantine, or waits to be checked where the house is strict, does not leave.
    """
    return [digest for digest, standing in _hanging(ref).items() if standing.open]


def left_out(ref: str) -> dict[str, str]:
    """The files of a case that do not leave with it: digest → the code that says why."""
    return {digest: one.closed for digest, one in _hanging(ref).items() if not one.open}


def _hanging(ref: str) -> Mapping[str, Standing]:
    """How each file stands that hangs on a case."""
    case = Complaint.objects.filter(ref=ref)
    if not case.exists():
        raise Refused("no-such-complaint", ref=ref)
    kinds = ("attachments__digest", "evidence__digest", "remedies__proof_digest")
    found = [digest for kind in kinds for digest in case.values_list(kind, flat=True)]
    return inspection.standings(digest for digest in found if digest)


def story(entries: Sequence[Entry], language: str) -> str:
    """A case's entries as plain text, in the words of a language and the time of the office."""
    own = organisation.organisation()
    zone = ZoneInfo(own.time_zone if own else "UTC")
    with override(language):
        lines = [gettext("Times are those of %(zone)s.") % {"zone": zone.key}, ""]
        lines += [
            line for one in told(entries, masked=False) for line in _lines(one, language, zone)
        ]
    return "\n".join(lines) + "\n"


def _lines(one: Happened, language: str, zone: ZoneInfo) -> list[str]:
    at = dates.as_datetime(one.at, language, zone)
    texts = [f"   {text}".replace("\n", "\n   ") for text in one.texts]
    if one.erased:
        texts = ["   " + gettext("The texts of this entry have been erased.")]
    return [
        f"{dates.numerals(one.number, language)}. {at}",
        f"   {one.title}",
        "   " + gettext("By: %(actor)s") % {"actor": one.by},
        *texts,
        "",
    ]
