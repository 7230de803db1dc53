"""What is measured: each thing somebody does, as the requests that do it."""

import random
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote

import psycopg
from tests.bench.browser import Answer, Browser
from tests.bench.words import OFFICER, PASSWORD, Marks

from pasokh.kernel import refs

COMMON = "یخچال"
NARRATIVE = (
    "جاروبرقی که هفتهٔ پیش خریدم بعد از دو بار استفاده خاموش شد و دیگر روشن نمی‌شود. به شعبه "
    "بردم، گفتند باید منتظر نمایندگی بمانم، و نمایندگی می‌گوید نوبت تعمیر سه هفتهٔ دیگر است. "
    "من برای تمیزکردن خانه به آن نیاز دارم و می‌خواهم عوض شود یا پولم برگردد. "
)


class BadAnswerError(RuntimeError):
    """The server did not do what was asked, so there is nothing to measure."""


@dataclass(kw_only=True)
class Operation(ABC):
    """One thing somebody does. `visitors` are as many browsers as there are clients."""

    name: ClassVar[str]
    status: ClassVar[int] = 200
    visitors: Sequence[Browser]

    def prepare(self) -> None:  # noqa: B027  some have nothing to do
        """Do once what must come before: sign in, open a form."""

    @abstractmethod
    def batch(self, count: int) -> list[list[bytes]]:
        """So many requests for each visitor, each to be sent once."""

    def judge(self, answer: Answer) -> None:
        """Raise for an answer that does not show what was asked."""
        if answer.status != self.status:
            raise BadAnswerError(f"{self.name}: status {answer.status}\n{answer.text[:2000]}")


class Bare(Operation):
    """One row inserted by a view that does nothing else."""

    name = "bare insert"
    address: ClassVar[str] = "/"

    def batch(self, count: int) -> list[list[bytes]]:
        return [[one.request("POST", self.address)] * count for one in self.visitors]


class BarePlain(Bare):
    """The same without Django's model: what the database and the server alone need."""

    name = "bare insert, plain SQL"
    address = "/sql/"


@dataclass(kw_only=True)
class File(Operation):
    """A complaint sent: the form was written and checked before, and only sending is counted."""

    name: ClassVar[str] = "file"
    status: ClassVar[int] = 302
    tokens: dict[Browser, str] = field(default_factory=dict)
    made: int = 0

    def prepare(self) -> None:
        for one in self.visitors:
            self.tokens[one] = one.token("/fa/complain/")

    def batch(self, count: int) -> list[list[bytes]]:
        def drafts(one: Browser) -> list[bytes]:
            return [self._draft(one) for _ in range(count)]

        with ThreadPoolExecutor(len(self.visitors)) as pool:
            return list(pool.map(drafts, self.visitors))

    def judge(self, answer: Answer) -> None:
        super().judge(answer)
        if not answer.place.endswith("/complain/receipt/"):
            raise BadAnswerError(f"file: led to {answer.place}")

    def _draft(self, one: Browser) -> bytes:
        """Write the form and ask to check it, as a new visitor; return the request that files."""
        self.made += 1
        marks = Marks.of(5_000_000 + self.made, "fa")
        one.cookies.pop("pasokh-draft", None)
        checked = one.post(
            "/fa/complain/",
            csrfmiddlewaretoken=self.tokens[one],
            narrative=f"{NARRATIVE} {marks.said}",
            name=marks.name,
            email=marks.email,
            mobile=marks.phone,
            step="check",
        )
        if not checked.place.endswith("/complain/check/"):
            raise BadAnswerError(f"file: the form was not taken\n{checked.text[:2000]}")
        token = self.tokens[one]
        return one.request("POST", "/fa/complain/check/", csrfmiddlewaretoken=token)


@dataclass(kw_only=True)
class FileByProgram(Operation):
    """A complaint filed by a program, under a key and an id of its own, on lines of one program."""

    name: ClassVar[str] = "file (API)"
    status: ClassVar[int] = 201
    token: str
    made: int = 0

    def batch(self, count: int) -> list[list[bytes]]:
        return [[self._call(one) for _ in range(count)] for one in self.visitors]

    def _call(self, one: Browser) -> bytes:
        self.made += 1
        mark = secrets.token_hex(8)
        marks = Marks.of(7_000_000 + self.made, "fa")
        reached = [{"way": "email", "value": marks.email}, {"way": "phone", "value": marks.phone}]
        told = {
            "narrative": f"{NARRATIVE} {marks.said}",
            "client_reference": mark,
            "who": {"name": marks.name, "reached": reached},
        }
        return one.call("api/v1/complaints", told, token=self.token, key=mark)


@dataclass(kw_only=True)
class Desk(Operation):
    """Something done at the desk, by a colleague who has signed in."""

    database: psycopg.Connection[Any]
    marker: ClassVar[str] = ""
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def prepare(self) -> None:
        for one in self.visitors:
            if "sessionid" not in one.cookies:
                sign_in(one)

    def judge(self, answer: Answer) -> None:
        super().judge(answer)
        if self.marker and self.marker not in answer.text:
            raise BadAnswerError(f"{self.name}: {self.marker} is not on the page")

    def batch(self, count: int) -> list[list[bytes]]:
        return [[one.request("GET", self.path()) for _ in range(count)] for one in self.visitors]

    def path(self) -> str:
        """The next address to look at."""
        raise NotImplementedError

    def some(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database, in an order of chance that is the same in every run."""
        rows = self.database.execute(query).fetchall()
        self.chance.shuffle(rows)
        return rows


class Queue(Desk):
    """The first page of the queue."""

    name = "queue"
    marker = "P-"

    def path(self) -> str:
        return "/fa/desk/"


@dataclass(kw_only=True)
class Case(Desk):
    """The page of one case, another each time."""

    name: ClassVar[str] = "case"
    marker: ClassVar[str] = "P-"
    refs: list[str] = field(default_factory=list)

    def path(self) -> str:
        if not self.refs:
            self.refs = [ref for (ref,) in self.some("SELECT ref FROM casework_complaint")]
        return f"/fa/desk/complaints/{self.refs.pop()}/"


class SearchCommon(Desk):
    """A word that stands in every second complaint."""

    name = "search, common word"
    marker = "P-"

    def path(self) -> str:
        return f"/fa/desk/search/?q={quote(COMMON)}"


@dataclass(kw_only=True)
class SearchRare(Desk):
    """A serial number that stands in one, another each time."""

    name: ClassVar[str] = "search, rare word"
    marker: ClassVar[str] = "P-"
    words: list[str] = field(default_factory=list)

    def path(self) -> str:
        if not self.words:
            query = "SELECT serial_number FROM casework_complaint WHERE serial_number <> ''"
            self.words = [word for (word,) in self.some(query)]
        return f"/fa/desk/search/?q={quote(self.words.pop())}"


@dataclass(kw_only=True)
class Note(Desk):
    """An internal note on a case in hand; no two clients work on one case."""

    name: ClassVar[str] = "verb (note)"
    status: ClassVar[int] = 302
    cases: list[tuple[str, int]] = field(default_factory=list)
    tokens: dict[Browser, str] = field(default_factory=dict)

    def prepare(self) -> None:
        super().prepare()
        for one in self.visitors:
            self.tokens[one] = one.token(f"/fa/desk/complaints/{refs.make(1)}/note/")

    def batch(self, count: int) -> list[list[bytes]]:
        self.cases = self.some("SELECT ref, version FROM casework_complaint")
        count = min(count, len(self.cases) // len(self.visitors))
        return [[self._note(one) for _ in range(count)] for one in self.visitors]

    def _note(self, one: Browser) -> bytes:
        ref, version = self.cases.pop()
        return one.request(
            "POST",
            f"/fa/desk/complaints/{ref}/note/",
            csrfmiddlewaretoken=self.tokens[one],
            version=str(version),
            text="با نمایندگی تماس گرفتیم؛ قطعه تا پایان هفته می‌رسد.",
        )


def sign_in(one: Browser) -> None:
    """Sign a colleague in, as they do it."""
    page = "/fa/desk/sign-in/"
    one.post(page, csrfmiddlewaretoken=one.token(page), login=OFFICER, password=PASSWORD)
    if "sessionid" not in one.cookies:
        raise BadAnswerError("nobody could sign in")


DESK: Mapping[str, tuple[type[Desk], ...]] = {
    "queue": (Queue,),
    "case": (Case,),
    "search": (SearchCommon, SearchRare),
    "verb": (Note,),
}
