"""What is multiplied: a shop with its holidays, and cases that real verbs led into every state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from tests.bench.words import Marks
from tests.casework.acts import WAYS, Acts
from tests.journeys.deskworld import open_shop

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import Form, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way as Told
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.channels.mail_out import keep_texts
from pasokh.directory.organisation import actions as organisation
from pasokh.directory.organisation import holidays
from pasokh.directory.people.ways import Way
from pasokh.kernel import actors, clock, refs
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.ledger import sequencer
from pasokh.policy.taxonomy.models import OutsideBody, Term

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: The cases are begun in this week, counted back from now; copies are moved by whole weeks.
WEEKS_AGO = 6
#: How many cases are made for each state.
EACH = 12

_SHOWING = actors.clock("receipt page", "complaint.acknowledge")

#: What people complain of. The first word of the first is the common word that is searched.
_NARRATIVES = (
    (
        "fa",
        "یخچالی که خریدم از روز سوم دیگر سرد نمی‌کند. سه بار زنگ زدم و هر بار گفتند تعمیرکار فردا "
        "می‌آید، ولی هیچ‌کس نیامد. غذای چند روز ما خراب شد و باید همه را دور می‌ریختم.",
    ),
    (
        "fa",
        "یخچال با درِ فرورفته به دستم رسید. راننده گفت امضا کنید تا شرکت عوضش کند؛ حالا شرکت "
        "می‌گوید چون امضا کرده‌اید دیگر نمی‌شود کاری کرد.",
    ),
    (
        "fa",
        "پول سفارشی که خودتان لغو کردید هنوز برنگشته است. چهار هفته گذشته و هر بار جواب دیگری "
        "می‌شنوم. لطفاً بگویید چه روزی به حسابم می‌رسد.",
    ),
    (
        "en",
        "The fridge (یخچال) I bought in your branch stopped cooling within a week. The engineer "
        "missed two appointments and nobody called to say so. I lost a day of work each time.",
    ),
    (
        "fa",
        "ماشین لباس‌شویی هنگام خشک‌کن تکان شدید می‌خورد و آب روی زمین می‌ریزد. نصاب گفت عیب از "
        "کف خانه است، در حالی که دستگاه قبلی سال‌ها همان‌جا کار می‌کرد.",
    ),
    (
        "en",
        "I was promised a refund when the oven arrived with a cracked door, and now the shop says "
        "that the promise was never written down. I have the name of the person and the date.",
    ),
)


@dataclass(frozen=True)
class Pattern:
    """One case made by verbs, and the words in it that every copy says otherwise."""

    ref: str
    number: int
    state: State
    language: str
    marks: Marks


def patterns(each: int = EACH) -> list[Pattern]:
    """The cases that `build` makes, so many for each state: the same in every run."""
    return [
        Pattern(refs.make(number), number, state, language, Marks.of(number, language))
        for number, state in enumerate(list(WAYS) * each, 1)
        for language, _ in [_NARRATIVES[number % len(_NARRATIVES)]]
    ]


def build(each: int = EACH) -> None:
    """Open the shop and make its cases, in an empty database; its log is sequenced."""
    shop = open_shop()
    _announce_holidays()
    acts = Acts(shop, _terms(), OutsideBody.objects.order_by("pk").first().pk)
    monday = _monday(clock.now() - WEEKS_AGO * 7 * DAY)
    for pattern in patterns(each):
        _make(shop, acts, pattern, monday + pattern.number * timedelta(minutes=53))
    _send_letters()
    while sequencer.run_once(clock.now()):
        pass


def _announce_holidays() -> None:
    """Five years of holidays, as a shop has them that keeps its calendar."""
    keeper = Actor(Kind.CLOCK, "bench", {"calendar.configure": None})
    years = range(clock.now().year - 3, clock.now().year + 2)
    offered = holidays.offered("IR", "", years)
    organisation.add_holidays(offered, by=keeper, at=clock.now() - 900 * DAY)


def _terms() -> SimpleNamespace:
    kinds = {kind: Term.objects.filter(kind=kind).last() for kind in ("cause", "remedy")}
    return SimpleNamespace(**{kind: term.pk for kind, term in kinds.items() if term})


def _monday(at: datetime) -> datetime:
    day = at.date() - timedelta(days=at.weekday())
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def _make(shop: SimpleNamespace, acts: Acts, pattern: Pattern, at: datetime) -> None:
    """Take a complaint in and lead it into its state, by those whose work it is."""
    number = pattern.number
    ref = intake.receive(_incoming(shop, pattern, at), by=shop.nima, at=at).ref
    if ref != pattern.ref:
        raise RuntimeError(f"{ref} was to be {pattern.ref}: the database was not empty")
    case = Complaint.objects.get(ref=ref)
    _acknowledge(case, at + HOUR / 4)
    if number % 5:
        actions.assign(ref, staff=shop.staff["reza"].pk, by=shop.parvin, at=at + HOUR)
    for hours, step in enumerate(_steps(pattern.state, number), 2):
        acts.take(step, case, _by(step, shop, ref), at + hours * 3 * HOUR)


def _incoming(shop: SimpleNamespace, pattern: Pattern, at: datetime) -> Incoming:
    number, language, marks = pattern.number, pattern.language, pattern.marks
    _, text = _NARRATIVES[number % len(_NARRATIVES)]
    category = Term.objects.filter(kind="category").order_by("pk")
    reached = ((Way.EMAIL, marks.email), (Way.PHONE, marks.phone))
    return Incoming(
        channel=("phone", "counter", "web", "letter")[number % 4],
        language=language,
        matter=Matter(f"{text} {marks.said}", serial_number=marks.serial),
        received_at=at,
        who=Who(marks.name, language, reached=reached),
        unit=shop.unit,
        category=category[number % category.count()].pk,
    )


def _acknowledge(case: Complaint, at: datetime) -> None:
    """Record that the acknowledgement was read, as the receipt page does."""
    letter = Letter.objects.get(complaint=case)
    actions.told(
        case.ref, letter=letter.pk, way=Told.SHOWN, proof={}, happened_at=at, by=_SHOWING, at=at
    )


def _steps(state: State, number: int) -> Sequence[Step]:
    """The way into a state, with what else happens on it in every second and third case."""
    more: list[Step] = [Step.NOTE] if number % 2 else []
    if number % 3 == 0:
        more += [Step.LOG_CONTACT, Step.MESSAGE]
    return [*more, *WAYS[state]]


def _by(step: Step, shop: SimpleNamespace, ref: str) -> Actor:
    if step in (Step.VERDICT, Step.WITHDRAW):
        return Actor(Kind.COMPLAINANT, ref)
    return shop.parvin if step is Step.SET_ASIDE else shop.reza


def _send_letters() -> None:
    """Compose what was written and let it leave the house: nothing waits in the outbox."""
    while Letter.objects.filter(text__isnull=True).exists():
        keep_texts(clock.now())
    for letter in Letter.objects.filter(state=LetterState.QUEUED):
        correspondence.begin(
            letter.pk,
            form=Form.FULL,
            to=letter.to_id,
            address="bench@example.org",
            at=letter.queued_at,
        )
        correspondence.handed_over(letter.pk, at=letter.queued_at)
