"""Remedies promised, done and dropped. Called by a verb of the core, inside its transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from pasokh.casework.remedies.models import Remedy
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Promise:
    """A remedy about to be promised: ids of kind (a taxonomy term) and owner (a colleague).

    `amount` is in smallest units of `currency`, or both are absent. `done_on` with a proof is
    for a remedy carried out on the spot.
    """

    kind: int
    owner: int
    due_on: date
    issue: int | None = None
    description: str = ""
    amount: int | None = None
    currency: str = ""
    done_on: date | None = None
    proof: str = ""


def promise(
    complaint: int,
    promises: Iterable[Promise],
    *,
    stage: int,
    unit: int,
    by: Actor,
    at: datetime,
) -> list[Remedy]:
    """Promise remedies within what the actor may promise in the file's unit.

    The sum in each currency counts, not each line.
    """
    wanted = list(promises)
    _within_limits(wanted, unit, by, at)
    return Remedy.objects.bulk_create(_row(complaint, stage, line) for line in wanted)


def order(complaint: int, orders: Iterable[Promise], *, stage: int, referral: int) -> list[Remedy]:
    """Write down remedies that an outside body ordered: nobody's limit bears on them."""
    rows = [_row(complaint, stage, line) for line in orders]
    for row in rows:
        row.ordered_in_id = referral
    return Remedy.objects.bulk_create(rows)


def fulfil(
    complaint: int, remedy: int, *, done_on: date, proof: str, proof_digest: str = ""
) -> Remedy:
    """Write down that a promised remedy was carried out, and what proves it."""
    try:
        row = Remedy.objects.select_for_update().get(pk=remedy, complaint_id=complaint)
    except Remedy.DoesNotExist:
        raise Refused("no-such-remedy", remedy=remedy) from None
    if row.done_on or row.dropped_at:
        raise Refused("remedy-already-ended", remedy=remedy)
    if not proof.strip():
        raise Refused("proof-missing", parts=("proof",))
    row.done_on, row.proof, row.proof_digest = done_on, proof, proof_digest
    row.save(update_fields=["done_on", "proof", "proof_digest"])
    return row


def _within_limits(wanted: Iterable[Promise], unit: int, by: Actor, at: datetime) -> None:
    spent: dict[str, int] = {}
    for line in wanted:
        if line.amount is not None:
            spent[line.currency] = spent.get(line.currency, 0) + line.amount
    staff = spent and by.kind is Kind.STAFF
    most = organisation.limits_in(int(by.id), unit, at) if staff else {}
    for currency, amount in spent.items():
        if amount > most.get(currency, 0):
            raise Refused("over-limit", amount=amount, currency=currency)


def _row(complaint: int, stage: int, line: Promise) -> Remedy:
    return Remedy(
        complaint_id=complaint,
        stage=stage,
        issue_id=line.issue,
        kind_id=line.kind,
        owner_id=line.owner,
        due_on=line.due_on,
        description=line.description,
        amount=line.amount,
        currency=line.currency if line.amount is not None else "",
        done_on=line.done_on,
        proof=line.proof,
    )


def drop(complaint: int, *, stage: int, at: datetime) -> None:
    """Drop the remedies of a decision that was taken back before anyone was told of it."""
    own = Remedy.objects.filter(complaint_id=complaint, stage=stage, ordered_in=None)
    own.filter(done_on=None, dropped_at=None).update(dropped_at=at)


def promised(complaint: int, *, stage: int) -> dict[str, int]:
    """How much was promised in a stage, by currency, in its smallest units."""
    rows = Remedy.objects.filter(complaint_id=complaint, stage=stage, dropped_at=None)
    rows = rows.filter(ordered_in=None, amount__isnull=False)
    return dict(rows.values_list("currency").annotate(sum=Sum("amount")))


def owed(complaint: int) -> int:
    """How many promised remedies are neither done nor dropped."""
    return Remedy.objects.filter(complaint_id=complaint, done_on=None, dropped_at=None).count()
