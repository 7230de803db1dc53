"""What a regime prescribes that a letter says, and by which fields that is said. Pure."""

from collections.abc import Collection, Iterable, Mapping

from pasokh.casework.correspondence.grammar import Text, When

#: What every letter has at its head and foot: whom to ask, and how to answer.
ALWAYS = frozenset({"contact", "how_to_answer"})

#: By which fields each content is said; one of them is enough.
SAID_BY: Mapping[str, frozenset[str]] = {
    name: frozenset(codes.split())
    for name, codes in {
        "reference": "reference reference_line",
        "stage": "stage_line",
        "understood": "issues findings declined",
        "handler": "unit",
        "next_step": "next_dates decide_by update_by",
        "due_date": "next_dates decide_by update_by new_date",
        "state": "state",
        "question": "question",
        "why": "why",
        "reasons": "reasons cause",
        "findings": "findings declined",
        "decision": "outcome",
        "remedy": "remedies",
        "remedy_dates": "remedies",
        "answer_by": "choices answer_by",
        "review": "choices review_by",
        "outside_routes": "outside",
        "closing_date": "closing_warning closes_on",
        "outcome": "outcome outcome_line",
        "reopening": "reopening reopen_by",
    }.items()
}


def unsaid(required: Iterable[str], said: Collection[str]) -> tuple[str, ...]:
    """The prescribed contents that none of the fields says which have something to say."""
    told = frozenset(said)
    return tuple(each for each in required if each not in ALWAYS and not SAID_BY[each] & told)


def absent(required: Iterable[str], text: Text) -> tuple[str, ...]:
    """The prescribed contents that a text would not say in every letter made with it.

    What stands under a condition counts where that is about the content itself: a remedy that is
    named whenever there is one.
    """
    standing = list(text.standing())

    def sure(content: str) -> bool:
        by = SAID_BY[content]
        return any(code in by and _always(around, by) for code, around in standing)

    return tuple(each for each in required if each not in ALWAYS and not sure(each))


def silent(text: Text, field: str) -> bool:
    """Whether a text says a field only now and then, or never."""
    return not any(code == field and around is None for code, around in text.standing())


def _always(around: When | None, by: frozenset[str]) -> bool:
    return around is None or (around.wanted and around.code in by)
