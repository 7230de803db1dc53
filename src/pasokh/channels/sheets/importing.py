"""The work on imports: look a sheet through, then file its rows, batch by batch.

Both begin anew at any time: what was filed stands in the import's own rows, and its place.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DataError, IntegrityError
from django.utils.translation import gettext, override

from pasokh.casework.afterwards import actions as afterwards
from pasokh.casework.afterwards import queries as afterwards_queries
from pasokh.casework.afterwards.actions import Led
from pasokh.casework.afterwards.past import Gap
from pasokh.casework.intake.imports import actions, columns, queries
from pasokh.casework.intake.imports.actions import Looked
from pasokh.casework.intake.imports.columns import DATES, TERMS, Means, Reading
from pasokh.casework.intake.imports.models import Import
from pasokh.casework.intake.imports.states import Mode, State
from pasokh.channels.sheets import dates, outcomes, reading, writing
from pasokh.channels.sheets.cells import Sheet
from pasokh.channels.sheets.converting import source_of, take
from pasokh.channels.sheets.reading import Form, Row
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import configuration, files
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.text import direction
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui.sentences import sentence

#: Rows filed in one transaction, rows shown before, and different values of a column at most.
BATCH, SHOWN, VALUES = 100, 100, 180
_KINDS = {
    Means.CATEGORY: Kind.CATEGORY,
    Means.PRODUCT: Kind.PRODUCT,
    Means.CHANNEL: Kind.CHANNEL,
    Means.CAUSE: Kind.CAUSE,
    Means.REMEDY: Kind.REMEDY,
}
_RIGHTS = {Mode.RECEIVE: "complaint.receive", Mode.HISTORY: "complaint.record_history"}

logger = logging.getLogger(__name__)


def look(sheet_id: int) -> None:
    """Look a sheet through: what it is, what its columns mean, and which rows it would refuse."""
    sheet = queries.at_work(sheet_id)
    if sheet is None or sheet.state != State.LOOKING:
        return
    with _kept_going(sheet):
        with configuration.held():
            seen = _looked(sheet)
        actions.looked(sheet.pk, seen, at=now())


def run(sheet_id: int) -> None:
    """File the rows of a sheet from its place on, until it ends or is stopped."""
    sheet = queries.at_work(sheet_id)
    if sheet is None or sheet.state != State.RUNNING:
        return
    with _kept_going(sheet):
        if by := _filed(sheet):
            with override(sheet.language):
                digest = _refused_file(sheet, queries.reasons(sheet))
            actions.finish(sheet.pk, digest, by=by, at=now())


class _kept_going:  # noqa: N801  reads as what it does
    """Let whatever goes wrong be said on the import's page; what nobody foresaw is logged too."""

    def __init__(self, sheet: Import) -> None:
        self.sheet = sheet

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: BaseException | None, _where: Any) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        if isinstance(error, FileNotFoundError):
            error = Refused("import-file-gone")
        known = error if isinstance(error, Refused) else Refused("import-broke-off")
        if known is not error:
            logger.error("import %s broke off", self.sheet.pk, exc_info=error)
        actions.fail(self.sheet.pk, known, at=now())
        return True


def _open(sheet: Import) -> reading.Open:
    return partial(files.open, sheet.digest)


def _looked(sheet: Import) -> Looked:
    open_ = _open(sheet)
    form = reading.look(open_)
    found = reading.rows(open_, form)
    headings = list(next(found).cells)
    read = _first_reading(sheet, headings)
    columns_ = {read.column(one): one for one in (*DATES, *TERMS)}
    told, many, sample = _gathered(found, columns_)
    read = _completed(sheet, read, told, sample)
    order, open_date = dates.order_of(text for one in DATES for text in told[one])
    form_told = {**form.told(), "order": read.order or order}
    return _dry_run(sheet, form, form_told, headings, read, told, many, open_date)


def _first_reading(sheet: Import, headings: Sequence[str]) -> Reading:
    """What somebody said of this sheet, or of the last with such headings, or what they say."""
    if sheet.reading and sheet.headings == headings:
        return Reading.read(sheet.reading)
    return queries.remembered(list(headings)) or Reading(columns.recognise(headings))


def _gathered(
    found: Iterable[Row], wanted: dict[int | None, Means]
) -> tuple[dict[Means, Counter[str]], int, str]:
    """The different texts of the columns that matter, how many rows there are, and some words."""
    told: dict[Means, Counter[str]] = {one: Counter() for one in (*DATES, *TERMS)}
    many, sample = 0, ""
    for row in found:
        many += 1
        if len(sample) < 20_000:
            sample += " ".join(row.cells)[:2000]
        for column, means in wanted.items():
            if column is not None and column < len(row.cells) and row.cells[column].strip():
                text = row.cells[column].strip()
                if len(told[means]) < VALUES or text in told[means] or means in DATES:
                    told[means][text] += 1
    return told, many, sample


def _completed(
    sheet: Import, read: Reading, told: dict[Means, Counter[str]], sample: str
) -> Reading:
    """A reading with what nobody has said yet guessed: each value, channel, language and unit."""
    values = {
        str(means): {
            text: read.values.get(means, {}).get(text, _guess(means, text)) for text in told[means]
        }
        for means in TERMS
        if told[means]
    }
    codes = [one.code for one in taxonomy.terms(Kind.CHANNEL)]
    usual = "other" if "other" in codes else next(iter(codes), "other")
    return replace(
        read,
        values=values,
        channel=read.channel or usual,
        language=read.language or spoken(sample[:20_000]),
        unit=read.unit if read.unit is not None else _unit(sheet),
    )


def spoken(sample: str) -> str:
    """The language of most words of a sheet; a number in Latin letters may begin each row."""
    turned = Counter(direction(word) for word in sample.split())
    return "fa" if turned["rtl"] > turned["ltr"] else "en"


def _guess(means: Means, text: str) -> str:
    """The term that is called so, or what such a word most likely stands for."""
    if (kind := _KINDS.get(means)) is None:
        return outcomes.meant(means, text)
    terms, wanted = taxonomy.terms(kind), columns.plain(text)
    for one in terms:
        if wanted in (columns.plain(one.name.fa), columns.plain(one.name.en), one.code):
            return one.code
    meant = outcomes.meant(means, text)
    return meant if meant in {one.code for one in terms} else columns.LEFT


def _unit(sheet: Import) -> int:
    """The unit that takes in what names none; or the importer's, where they may only there."""
    front = organisation.front_unit()
    actor = organisation.actor_for_staff(sheet.by_id, now())
    reach = actor.reach(actions.RIGHT) if actor else frozenset()
    return front if reach is None or front in reach else min(reach, default=front)


def _sheet(sheet: Import, headings: Sequence[str], read: Reading, order: str) -> Sheet:
    """What is the same for every row."""
    own = organisation.organisation()
    ids = {
        str(means): {one.code: one.id for one in taxonomy.all_terms(kind)}
        for means, kind in _KINDS.items()
    }
    return Sheet(
        headings=headings,
        reading=replace(read, order=order),
        mode=Mode(sheet.mode),
        source=source_of(sheet.digest),
        layout=columns.layout_of(headings),
        zone=ZoneInfo(own.time_zone if own else "UTC"),
        now=now(),
        ids=ids,
    )


def _dry_run(
    sheet: Import,
    form: Form,
    form_told: dict[str, Any],
    headings: Sequence[str],
    read: Reading,
    told: dict[Means, Counter[str]],
    many: int,
    open_date: str,
) -> Looked:
    """Take every row as it would be filed, and file none."""
    fault = columns.fault(read)
    same = replace(_sheet(sheet, headings, read, form_told["order"]), mode=Mode.HISTORY)
    shown: list[dict[str, Any]] = []
    refused: list[Led] = []
    seen, short = 0, _Short(sheet, read)
    for batch in _batches(_body(_open(sheet), form) if not fault else iter(())):
        taken = [take(row, same) for row in batch]
        refused += [one for one in taken if one.incoming is None]
        known = queries.known([one.key for one in taken if one.incoming])
        seen += len(known)
        short.look(one for one in taken if one.past and one.key not in known)
        room = SHOWN - len(shown)
        shown += [_shown(one) for one in taken if one.incoming][:room]
    found = {
        "shown": shown,
        "seen": seen,
        "short": short.many,
        "why_short": short.told,
        "fault": fault or "",
        "open": "" if form_told["order"] else open_date,
        "values": {str(one): dict(told[one].most_common(VALUES)) for one in TERMS if told[one]},
    }
    with override(sheet.language):
        digest = _refused_file_of(
            _open(sheet), form, headings, ((one.number, one.code, one.facts) for one in refused)
        )
    return Looked(form_told, headings, read, found, many, refused, digest)


class _Short:
    """Rows whose files would not come as far as the rows say, if they are to be handled here."""

    def __init__(self, sheet: Import, read: Reading) -> None:
        self.by = organisation.actor_for_staff(sheet.by_id, now())
        self.unit, self.many = read.unit or organisation.front_unit(), 0
        self.told: list[tuple[int, str, dict[str, str]]] = []

    def look(self, taken: Iterable[Led]) -> None:
        """Ask of each row what the verbs would refuse."""
        for one in taken:
            gaps = self._gaps(one)
            self.many += bool(gaps)
            if gaps and len(self.told) < SHOWN:
                self.told.append((one.number, gaps[-1].code, {"stage": str(gaps[-1].stage)}))

    def _gaps(self, one: Led) -> list[Gap]:
        if self.by is None or one.past is None or one.incoming is None:
            return []
        received = one.incoming.received_at
        return afterwards_queries.foreseen(
            one.past, received_at=received, unit=self.unit, by=self.by, at=now()
        )


def _shown(one: Led) -> dict[str, Any]:
    """A row as the page shows what it would become."""
    incoming, ended = one.incoming, one.ended
    if incoming is None:
        return {}
    matter = incoming.matter
    return {
        "number": one.number,
        "received": incoming.received_at.isoformat(),
        "words": matter.narrative[:200],
        "category": incoming.category,
        "product": matter.product_id,
        "model": matter.product_model[:80],
        "who": incoming.who.name[:80] if incoming.who else "",
        "channel": incoming.channel,
        "ended": ended.at.isoformat() if ended else "",
        "outcome": str(ended.outcome or "") if ended else "",
    }


def _body(open_: reading.Open, form: Form) -> Iterator[Row]:
    """The rows below the headings."""
    found = reading.rows(open_, form)
    next(found)
    return found


def _batches(found: Iterator[Row], size: int = BATCH) -> Iterator[list[Row]]:
    while batch := list(islice(found, size)):
        yield batch


def _form(sheet: Import) -> Form:
    told = {name: told for name, told in sheet.form.items() if name != "order"}
    return Form(**told)


def _filed(sheet: Import) -> Actor | None:
    """File what is left of a sheet; None where it was stopped, or somebody else is at it."""
    form, read = _form(sheet), Reading.read(sheet.reading)
    with configuration.held():
        same = _sheet(sheet, sheet.headings, read, sheet.form["order"])
    place, by = sheet.place, _importer(sheet, read)
    left = (row for row in _body(_open(sheet), form) if row.number > sheet.place)
    for batch in _batches(left):
        by = _importer(sheet, read)
        with configuration.held():
            if not _take(sheet, [take(row, same) for row in batch], place, by):
                return None
        place = batch[-1].number
    return by


def _take(sheet: Import, taken: list[Led], after: int, by: Actor) -> bool:
    """File rows together; where one of them cannot be, each by itself."""
    lead = sheet.mode == Mode.RECEIVE
    take_rows = afterwards.take_rows if lead else actions.take_rows
    try:
        return take_rows(sheet.pk, taken, after=after, by=by, at=now())
    except (Refused, DataError, IntegrityError) as error:
        if len(taken) > 1:
            return _one_by_one(sheet, taken, after, by)
        known = error if isinstance(error, Refused) else Refused("row-not-storable")
        (one,) = taken
        told = Led(one.number, one.key, code=known.code, facts=known.facts)
        return actions.take_rows(sheet.pk, [told], after=after, by=by, at=now())


def _one_by_one(sheet: Import, taken: list[Led], after: int, by: Actor) -> bool:
    for one in taken:
        if not _take(sheet, [one], after, by):
            return False
        after = one.number
    return True


def _importer(sheet: Import, read: Reading) -> Actor:
    """Whoever started the import, with the rights of this moment."""
    by = organisation.actor_for_staff(sheet.by_id, now())
    rights = {actions.RIGHT, "complaint.receive", _RIGHTS[Mode(sheet.mode)]}
    if by is None or not all(by.may(right, unit=read.unit) for right in rights):
        raise Refused("importer-gone")
    return by


def _refused_file(sheet: Import, told: Iterator[tuple[int, str, dict[str, Any]]]) -> str:
    return _refused_file_of(_open(sheet), _form(sheet), sheet.headings, told)


def _refused_file_of(
    open_: reading.Open,
    form: Form,
    headings: Sequence[str],
    told: Iterable[tuple[int, str, Any]],
) -> str:
    """Store the refused rows as they came, each with its reason; the digest, or nothing."""
    why = {number: sentence(Refused(code, **facts)) for number, code, facts in told}
    if not why:
        return ""

    def lines() -> Iterator[Sequence[str]]:
        yield [*headings, gettext("Reason")]
        for row in _body(open_, form):
            if row.number in why:
                cells = (*row.cells, *[""] * (len(headings) - len(row.cells)))
                yield [*cells, why[row.number]]

    if form.kind == "csv":
        return writing.put_csv(lines(), mark=True, delimiter=form.delimiter, guard=False).digest
    return writing.put_xlsx(lines()).digest


def uploaded(name: str, path: Any, *, language: str, by: Actor, at: datetime) -> Import:
    """Take a file of this machine as an import."""
    with open(path, "rb") as file:
        chunks = iter(partial(file.read, 2**20), b"")
        stored = files.put(chunks, reading.MOST_BYTES)
    return actions.begin(name, stored, language=language, by=by, at=at)
