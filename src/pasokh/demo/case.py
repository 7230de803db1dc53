"""One file while its story goes on: who acts in it, when, and the verbs everybody uses."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.actions.talking import Call
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.telling import Way
from pasokh.demo import post
from pasokh.demo.hours import TEHRAN, Office
from pasokh.demo.house import House
from pasokh.demo.story import Story
from pasokh.directory.people.ways import Way as Reach
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.actors import clock as program
from pasokh.portal import file as page

_READER = program("demo", "complaint.read")
#: A file that came in so lately is still its own story's; one so old that is closed is over.
_LATELY, _OVER = timedelta(days=2), timedelta(days=80)

#: A life yields the moment it goes on at.
Life = Generator[datetime, None, None]


@dataclass
class World:
    """What all stories share: the house, its hours, the present moment."""

    house: House
    office: Office
    now: datetime
    #: Whether a letter was queued since the last sweep of the outbox.
    posted: bool = False
    #: References with their codes, as receipts gave them.
    codes: dict[str, str] = field(default_factory=dict)
    #: Lives that began in the middle of others and want their own turns.
    begun: list[Life] = field(default_factory=list)
    #: Whether texts leave by now.
    texting: bool = False
    #: Who is away until when, and who stands in.
    away: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    #: Files that were found for a scene: each has one.
    shown: set[int] = field(default_factory=set)
    #: Where messages come in, by the kind of place.
    sources: Mapping[str, int] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def find(
        self,
        state: str,
        language: str = "fa",
        category: str = "",
        *,
        outcome: str = "",
        by_mail: bool = False,
    ) -> Complaint | None:
        """A file in a state: of that outcome and category, and whose person has mail, where there
        is one.
        """
        seen = queries.visible_to(_READER).filter(state=state, language=language, anonymous=False)
        lately = _OVER if state == State.CLOSED else _LATELY
        seen = seen.exclude(received_at__gt=self.now - lately).exclude(pk__in=self.shown)
        if outcome and (ended := seen.filter(outcome=outcome)).exists():
            seen = ended
        narrower = [seen]
        if by_mail:
            narrower.append(seen.filter(complainant__contact_points__kind=Reach.EMAIL))
        if category:
            code = {"issues__category__code": category}
            narrower += [rows.filter(**code) for rows in narrower]
        for rows in reversed(narrower):
            if found := rows.order_by("-pk").first():
                self.shown.add(found.pk)
                return found
        return None

    def by_number(self, staff: int) -> Actor:
        """A colleague by number, or their deputy while they are away, as an actor."""
        key = next(key for key, pk in self.house.staff.items() if pk == staff)
        return self.actor(self.present(key))

    def present(self, key: str) -> str:
        """A colleague, or their deputy while they are away."""
        until, deputy = self.away.get(key, (self.now, key))
        return deputy if self.now < until else key

    def actor(self, key: str) -> Actor:
        """A colleague as an actor; nobody's rights change during the year."""
        if key not in self._actors:
            self._actors[key] = self.house.actor(key, self.now)
        return self._actors[key]


class Case:
    """One file of one story."""

    def __init__(self, world: World, story: Story, rng: Random, *, reach: str, pace: float) -> None:
        self.world, self.story, self.rng = world, story, rng
        self.reach, self.pace = reach, pace
        self.ref, self.handler, self.halt, self.placed = "", "", "", 0
        self.untraced, self.owed = False, list[int]()

    @property
    def at(self) -> datetime:
        return self.world.now

    @property
    def person(self) -> Actor:
        return Actor(Kind.COMPLAINANT, self.ref)

    @property
    def unit(self) -> str:
        """The code of the unit the matter belongs to."""
        named: str = self.story.plot["unit"]
        return str(self.story.bought.shop["code"]) if named == "shop" else named

    def owes(self, kept: Any) -> None:
        """Remember the remedies that a file still owes."""
        open_ones = kept.remedies.filter(done_on=None, dropped_at=None)
        self.owed = list(open_ones.order_by("pk").values_list("pk", flat=True))

    def by(self, key: str) -> Actor:
        """A colleague, or whoever handles the file; who is away has a deputy."""
        return self.world.actor(key or self.world.present(self.handler))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def soon(self, hours: float) -> datetime:
        """A moment in working time about so many working hours from now."""
        wait = hours * self.pace * self.rng.uniform(0.5, 1.6)
        return self.world.office.after(self.at, max(wait, 0.02)) + self._seconds()

    def later(self, hours: float) -> datetime:
        """A moment about so many hours from now at which the complainant may act."""
        wait = timedelta(hours=hours * self.rng.uniform(0.4, 1.8))
        return self.world.office.awake(self.at + wait, self.rng) + self._seconds()

    def days(self, days: int) -> datetime:
        """Some time in working hours, so many days from now."""
        return self.world.office.days_after(self.at, days, self.rng)

    def term(self, kind: str, code: str) -> int:
        """The id of a term by its list and code."""
        return self.world.house.terms[kind, code]  # type: ignore[index]

    def _seconds(self) -> timedelta:
        return timedelta(seconds=self.rng.randrange(50))

    def call(self, name: str, *, reached: bool = True, incoming: bool = False) -> Call:
        """A conversation on the telephone in the words of a phrase."""
        return Call(incoming, reached, "phone", self.story.phrase(name))

    def log(self, call: Call, by: str = "") -> int:
        """Log a conversation and return its id."""
        kept = actions.log_contact(
            self.ref, call=call, happened_at=self.at, by=self.by(by), at=self.at
        )
        return int(kept.pk)

    def note(self) -> None:
        actions.note(self.ref, text=self.story.phrase("note"), by=self.by(""), at=self.at)

    def hear(self, text: str, asked: str = "") -> None:
        """The complainant writes by mail or on their page, or a colleague writes it down."""
        if self.reach == "email" and (self.story.channel == "email" or self.chance(0.4)):
            self._hear_by_mail(text, asked)
            return
        own = self.reach in ("email", "page", "standing")
        actions.hear(
            self.ref,
            text=text,
            files=[],
            channel="web" if own else "phone",
            happened_at=self.at,
            by=self.person if own else self.by("rahimi"),
            at=self.at,
        )

    def _hear_by_mail(self, text: str, asked: str) -> None:
        """They answer the mail that they got; what it said stands quoted below."""
        person, phrases = self.story.person, self.story.phrases
        lines = [text, "", person.name, ""]
        if asked:
            lines += [phrases["mail_quote"], *(f"> {line}" for line in asked.splitlines()), ""]
        mail = post.written(
            {
                "name": person.name,
                "from": person.email,
                "subject": phrases["mail_answer"],
                "text": "\n".join(lines),
            },
            at=self.at,
            to=post.reply_to(self.ref),
        )
        post.hand_over(mail, at=self.at, sender=person.email)

    def letter(self, kind: LetterKind, facts: Mapping[str, str | int] | None = None) -> Life:
        """Write a letter and let it reach the person, by the way this person is reached."""
        letter = actions.write(self.ref, kind=kind, facts=facts or {}, by=self.by(""), at=self.at)
        self.world.posted = True
        yield from self.told(int(letter.pk))

    def told(self, letter: int) -> Life:
        """Let a letter reach the person."""
        if self.reach == "page":
            yield self.later(20)
            page.show_letters(self.person, tracking.untold(self.person))
        elif self.reach in ("phone", "hand"):
            yield self.soon(2 if self.reach == "phone" else 6)
            self.tell(letter, Way.TELEPHONED if self.reach == "phone" else Way.HANDED)
        elif self.reach == "post":
            yield self.soon(5)
            self.tell(letter, Way.SENT)
        elif self.reach == "email":
            yield self.soon(0.5)  # the outbox goes out by itself

    def tell(self, letter: int, way: Way, *, by: str = "") -> None:
        """Write down how a letter reached the person, with its proof."""
        story, local = self.story, self.at.astimezone(TEHRAN)
        proof = {
            Way.TELEPHONED: {
                "number": story.person.mobile,
                "person": story.person.name,
                "said": story.phrase("told_by_phone"),
                "written_copy_on": local.date().isoformat(),
            },
            Way.HANDED: {"signed_by": story.person.name},
            Way.SENT: {"handed_over_to": story.phrase("posted")},
        }[way]
        actions.told(
            self.ref,
            letter=letter,
            way=way,
            proof=proof,
            happened_at=self.at,
            by=self.by(by),
            at=self.at,
        )
