"""Reads about webhooks: what can be told, to whom, and how it went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from pasokh.casework.complaints.queries.fence import visible_to
from pasokh.casework.webhooks.models import Delivery, Subscription
from pasokh.casework.webhooks.terms import DeliveryState
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import events, sealed, targets
from pasokh.kernel.actors import Actor, Kind, Reach
from pasokh.kernel.errors import Refused

RIGHT = "webhook.configure"
READ, READ_CONFIDENTIAL = "complaint.read", "complaint.read_confidential"
READ_CONTACTS = "complaint.read_contacts"
#: The event of a delivery that only tries the receiver out.
TRIAL = "webhook.trial"
#: Who is complained about, and who lost a code, is no news for other programs.
NEVER = frozenset(
    {"complaint.colleague_named", "complaint.independence_waived", "complaint.code_asked"}
)
#: Lines of the log on one page.
PAGE = 50
_SECRET = "webhook"  # noqa: S105  the use that secrets are sealed for


def offered() -> dict[str, str]:
    """The events that a program can be told, each with its sentence in the reader's language."""
    newest = {name: (version, cls) for (name, version), cls in sorted(_known())}
    return {
        name: _rounded(events.sentence(name, version, {field.name: "…" for field in fields(cls)}))
        for name, (version, cls) in newest.items()
        if name.startswith("complaint.") and name not in NEVER
    }


def _rounded(sentence: str) -> str:
    """A sentence without its end, where that would only name what is not known yet."""
    said = sentence.partition(":")[0] if "…" in sentence else sentence
    open_end = said.count("…") == 1 and said.rstrip(")").endswith("…")
    return said.rstrip(" …()") if open_end else said


def _known() -> Iterable[tuple[tuple[str, int], Any]]:
    return events.known().items()


def wanted() -> frozenset[str]:
    """The events that anybody is to be told."""
    live = Subscription.objects.filter(ended_at=None).values_list("events", flat=True)
    return frozenset(name for names in live for name in names)


def subscriptions() -> list[Subscription]:
    """Every subscription, those at work first."""
    rows = Subscription.objects.select_related("unit").order_by("name", "pk")
    return sorted(rows, key=lambda one: one.ended_at is not None)


def subscription(pk: int) -> Subscription:
    """One subscription; refuses with `no-such-webhook`."""
    if one := Subscription.objects.select_related("unit").filter(pk=pk).first():
        return one
    raise Refused("no-such-webhook")


def reader(one: Subscription) -> Actor:
    """A receiver as the fence sees it: a program that may read the files of its units."""
    reach: Reach = None if one.unit_id is None else organisation.subtree(one.unit_id)
    hidden: Reach = reach if one.confidential else frozenset()
    return Actor(
        Kind.CLIENT,
        f"webhook-{one.pk}",
        MappingProxyType({READ: reach, READ_CONFIDENTIAL: hidden}),
    )


def may_give(actor: Actor, unit: int | None, *, texts: bool, confidential: bool) -> bool:
    """Whether somebody may read all that a receiver would be told."""
    return all(
        actor.may(right, unit=unit)
        for right, given in (
            *((READ, texts), (READ_CONTACTS, texts)),
            (READ_CONFIDENTIAL, confidential),
        )
        if given
    )


def url_problem(url: str) -> str:
    """The code of what speaks against an address, before anybody asks what its name means."""
    try:
        target = targets.read(url)
    except Refused as refused:
        return refused.code
    literal = ":" in target.host or target.host.replace(".", "").isdigit()
    within = settings.OUTGOING_NETWORKS
    if literal and not targets.allowed(target.host, target.port, within=within):
        return "target-inside"
    return ""


def secret_of(one: Subscription, kept: bytes) -> str:
    """A receiver's secret in clear, for signing."""
    return sealed.unseal(_SECRET, str(one.number), kept)


def kept_of(one: Subscription, secret: str) -> bytes:
    """A receiver's secret as it is kept."""
    return sealed.seal(_SECRET, str(one.number), secret)


def keys(one: Subscription, at: datetime) -> list[str]:
    """The secrets that sign now: the former one, too, for a while after a new one was given."""
    kept = [one.secret]
    if one.former is not None and one.former_until and one.former_until > at:
        kept.append(one.former)
    return [secret_of(one, bytes(each)) for each in kept]


@dataclass(frozen=True)
class Logged:
    """One delivery on a page of the log; `ref` only where the reader may see the file."""

    row: Delivery
    ref: str


def log(
    one: Subscription, actor: Actor, *, state: str = "", event: str = "", before: int | None = None
) -> tuple[list[Logged], int | None]:
    """One page of a receiver's deliveries, newest first, and where the next page begins."""
    rows: QuerySet[Delivery] = one.deliveries.order_by("-pk")
    if state:
        rows = rows.filter(state=state)
    if event:
        rows = rows.filter(event=event)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    named = {row.ref for row in page if row.ref}
    seen = set(visible_to(actor).filter(ref__in=named).values_list("ref", flat=True))
    logged = [Logged(row, row.ref if row.ref in seen else "") for row in page]
    return logged, page[-1].pk if len(found) > PAGE else None


def counts(one: Subscription) -> Mapping[str, int]:
    """How many deliveries of a receiver are in each state."""
    found = one.deliveries.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(map(str, DeliveryState), 0) | dict(found)


def troubled() -> list[Subscription]:
    """Receivers that fail, or were ended because they did."""
    return [
        one
        for one in subscriptions()
        if (one.failing_since and not one.ended_at) or one.ended_why in ("gone", "failing")
    ]
