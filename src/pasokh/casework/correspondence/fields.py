"""What a text may have put in: a closed list, by kind of letter, with its value. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pasokh.casework.correspondence import parts
from pasokh.casework.correspondence.composed import Block
from pasokh.casework.correspondence.delivery import LetterKind as K
from pasokh.casework.correspondence.grammar import Name, Sort
from pasokh.casework.correspondence.kinds import root
from pasokh.casework.correspondence.story import Story
from pasokh.casework.correspondence.texts import Say
from pasokh.kernel.text import fold

#: The letters whose texts an organisation may write itself. The others guard an address or a code,
#: and say what they must in fixed words.
EDITABLE = tuple(kind for kind in K if kind not in (K.NEW_CODE, K.ADDRESS, K.OTHER_ADDRESS))
#: The letters by hand, for which there are prepared replies, too.
BY_HAND = (K.MESSAGE, K.REQUEST)
#: By which field such a letter says what its writer wrote: a text of it has to have that.
WRITTEN: Mapping[K, str] = {K.MESSAGE: "message", K.REQUEST: "question"}

Value = Callable[[Story, Say], str | bool | parts.Blocks]


@dataclass(frozen=True)
class Field:
    """One field: its code, how it is written in each language, in which letters, and its value.

    `quiet` says that it may have nothing to tell, which is then no gap. `sentence` is one in our
    own words, whose values stand fenced in it already.
    """

    code: str
    sort: Sort
    en: str
    fa: str
    kinds: frozenset[K]
    value: Value
    quiet: bool = False
    sentence: bool = False

    def written(self, language: str) -> str:
        """How the field is written in a text of a language, with its braces."""
        return f"{{{self.fa if language == 'fa' else self.en}}}"


@cache
def names(kind: str) -> Mapping[str, Name]:
    """The fields that a kind of letter knows, by what may stand between braces, folded."""
    return {
        written: Name(each.code, each.sort)
        for each in of(kind)
        for written in (fold(each.en), fold(each.fa))
    }


@cache
def names_by_hand(kind: str) -> Mapping[str, Name]:
    """The fields of a prepared reply: what stands in a line, and what a condition may ask."""
    return {written: one for written, one in names(kind).items() if one.sort is not Sort.PART}


def of(kind: str) -> list[Field]:
    """The fields that a kind of letter knows, in the order in which they are explained."""
    return [each for each in FIELDS.values() if root(kind) in each.kinds]


def value(code: str, story: Story, say: Say) -> str | bool | tuple[Block, ...]:
    """What a field has to say in a letter: a text, a part in blocks, or whether it holds."""
    field = FIELDS[code]
    found = field.value(story, say)
    if isinstance(found, bool):
        return found
    if isinstance(found, str):
        return found if field.sentence or not found else say.fenced(found)
    return tuple(found)


def _of(table: str, code: str, say: Say) -> str:
    return say(f"{table}.{code}") if code else ""


def _make(sort: Sort, *, quiet: bool = False, sentence: bool = False) -> Callable[..., Field]:
    def made(code: str, en: str, fa: str, kinds: Iterable[K], value: Value) -> Field:
        return Field(code, sort, en, fa, frozenset(kinds), value, quiet, sentence)

    return made


_word, _sentence = _make(Sort.WORD), _make(Sort.WORD, sentence=True)
_part, _quiet = _make(Sort.PART), _make(Sort.PART, quiet=True)
_flag = _make(Sort.FLAG, quiet=True)

_ALL = EDITABLE
_DECIDED = (K.DECISION, K.CLOSING)
_TIMED = (K.ACKNOWLEDGEMENT, K.PROGRESS, K.REVIEW)
_SOON = (*_TIMED, *BY_HAND)
_COUNTED = (K.ACKNOWLEDGEMENT, K.REVIEW, K.EXTENSION)
_ENDED = (K.CLOSING, K.WITHDRAWN, K.SETTLED)
_REOPENED = (K.NOTICE, K.CLOSING, K.SET_ASIDE, K.SETTLED)
_OUTSIDE = (K.EXTENSION, K.DECISION, K.NOTICE, K.CLOSING)
_STAGED = (K.ACKNOWLEDGEMENT, K.DECISION, K.REVIEW)


def _words() -> Iterator[Field]:
    """What stands in a line as it is: numbers, names, days."""
    yield _word("reference", "reference", "شمارهٔ شکایت", _ALL, lambda s, _: s.reference)
    yield _word("name", "name", "نام", _ALL, lambda s, _: s.name)
    yield _word("today", "date", "تاریخ نامه", _ALL, lambda s, _: s.dated)
    yield _word("unit", "unit", "واحد", _ALL, lambda s, _: s.unit)
    yield _word("organisation", "organisation", "سازمان", _ALL, lambda s, _: s.office.name)
    yield _word("telephone", "telephone", "تلفن", _ALL, lambda s, _: s.office.telephone)
    yield _word("received", "received on", "روز دریافت", _ALL, lambda s, _: s.days.received)
    yield _word("decide_by", "decide by", "مهلت تصمیم", _SOON, lambda s, _: s.days.decide)
    yield _word("update_by", "update by", "مهلت خبر بعدی", _SOON, lambda s, _: s.days.update)
    yield _word("new_date", "new date", "تاریخ تازه", [K.EXTENSION], lambda s, _: s.days.new)
    yield _word("answer_by", "answer by", "مهلت پاسخ", [K.DECISION], _answer_by)
    yield _word("review_by", "review by", "مهلت بازنگری", [K.DECISION], _review_by)
    yield _word("told_on", "told on", "روز ابلاغ", [K.NOTICE], lambda s, _: s.days.communicated)
    yield _word("closes_on", "closes on", "روز بسته شدن", [K.NOTICE], lambda s, _: s.days.closes)
    yield _word("closed_on", "closed on", "روز بستن پرونده", _ENDED, lambda s, _: s.days.closed)
    yield _word("reopen_by", "reopen by", "مهلت بازگشایی", _REOPENED, _reopen_by)
    yield _word("undo_by", "undo by", "مهلت برگشت", [K.WITHDRAWN], lambda s, _: s.days.undo_until)
    yield _word("person", "who decides", "تصمیم‌گیرنده", [K.WAIVER], lambda s, _: s.person)


def _sentences() -> Iterator[Field]:
    """Whole sentences of ours, which follow from the file."""
    yield _sentence("state", "state", "وضعیت", [K.PROGRESS], _state)
    yield _sentence("why", "why we ask", "چرا می‌پرسیم", [K.REQUEST], _why)
    yield _sentence("step", "step", "مرحله", [K.EXTENSION], _step)
    yield _sentence("outcome", "outcome", "نتیجه", _DECIDED, _outcome)
    yield _sentence("declined", "why not examined", "چرا رسیدگی نشد", [K.DECISION], _declined)
    yield _sentence(
        "closing_warning", "closing warning", "هشدار بستن", [K.NOTICE], parts.closing_warning
    )
    yield _sentence("term", "why closed", "چرا بسته شد", [K.CLOSING], _term)
    yield _sentence("reopening", "reopening", "بازگشایی", [K.CLOSING], parts.reopening)
    yield _sentence("kind", "kind of message", "نوع پیام", [K.SET_ASIDE], _kind)
    yield _sentence("objection", "objection", "اعتراض", [K.SET_ASIDE, K.SETTLED], parts.objection)
    yield _sentence("undoing", "undoing", "برگشت", [K.WITHDRAWN], parts.undoing)


def _parts() -> Iterator[Field]:
    """What stands on lines of its own: lists, quotations, facts."""
    yield _part("issues", "issues", "موضوع‌ها", [K.ACKNOWLEDGEMENT], parts.issues)
    yield _part("question", "question", "پرسش", [K.REQUEST], parts.words)
    yield _part("message", "message", "پیام", [K.MESSAGE], parts.words)
    yield _part("cause", "reason", "دلیل", [K.EXTENSION, K.SET_ASIDE, K.WAIVER], parts.words)
    yield _part("findings", "findings", "یافته‌ها", [K.DECISION], parts.findings)
    yield _part("reasons", "reasons", "دلیل‌ها", [K.DECISION], parts.reasons)
    yield _part("done", "what was done", "آنچه انجام شد", [K.SETTLED], parts.reasons)
    yield _part("choices", "choices", "انتخاب‌ها", [K.DECISION, K.NOTICE], parts.choices)
    yield _part("outside", "outside bodies", "مراجع بیرونی", _OUTSIDE, parts.outside)
    yield _part("outcome_line", "outcome line", "سطر نتیجه", [K.CLOSING], parts.outcome)
    yield _quiet("reference_line", "reference line", "سطر شمارهٔ شکایت", _ALL, parts.reference)
    yield _quiet("stage_line", "stage line", "سطر مرحله", _STAGED, parts.stage)
    yield _quiet("part_of", "part of", "بخشی از", [K.ACKNOWLEDGEMENT], parts.part_of)
    yield _quiet("wanted", "wish", "خواسته", [K.ACKNOWLEDGEMENT], parts.wanted)
    yield _quiet("words", "own words", "سخن ما", [K.PROGRESS, K.NOTICE], parts.words)
    yield _quiet("next_dates", "next dates", "تاریخ‌های بعدی", _TIMED, parts.next_dates)
    yield _quiet("working", "working", "روش شمارش", _COUNTED, parts.working)
    yield _quiet("remedies", "remedies", "جبران", (*_DECIDED, K.SETTLED), parts.remedies)


def _flags() -> Iterator[Field]:
    """What a condition may ask and no line can say."""
    yield _flag("first_stage", "first stage", "مرحلهٔ نخست", [K.DECISION], lambda s, _: s.stage == 1)
    yield _flag("second_look", "second look", "بازنگری", [K.DECISION], _second_look)
    yield _flag("by_leave", "by leave", "با اجازهٔ کتبی", [K.DECISION], _by_leave)
    yield _flag("last_stage", "last stage", "مرحلهٔ آخر", [K.DECISION], _last_stage)
    yield _flag("anonymous", "anonymous", "ناشناس", _ALL, lambda s, _: s.anonymous)


def _answer_by(story: Story, say: Say) -> str:
    return story.days.answer_until


def _review_by(story: Story, say: Say) -> str:
    return story.days.review_until


def _reopen_by(story: Story, say: Say) -> str:
    return story.days.reopen_until


def _state(story: Story, say: Say) -> str:
    return say(f"progress.{story.state}")


def _why(story: Story, say: Say) -> str:
    return say("request.why")


def _step(story: Story, say: Say) -> str:
    return say(f"clock.{story.coded}")


def _kind(story: Story, say: Say) -> str:
    return say(f"kind.{story.coded}")


def _outcome(story: Story, say: Say) -> str:
    return _of("outcome", story.decision.outcome, say)


def _declined(story: Story, say: Say) -> str:
    return _of("declined", story.decision.declined_for, say)


def _term(story: Story, say: Say) -> str:
    return _of("term", story.coded, say)


def _second_look(story: Story, say: Say) -> bool:
    return story.stage > 1 and not story.decision.by_leave


def _by_leave(story: Story, say: Say) -> bool:
    return story.stage > 1 and story.decision.by_leave


def _last_stage(story: Story, say: Say) -> bool:
    return not story.decision.further_stage


FIELDS: Mapping[str, Field] = {
    each.code: each for each in (*_words(), *_sentences(), *_parts(), *_flags())
}
