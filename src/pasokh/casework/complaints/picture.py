"""Draw `docs/lifecycle.md` from the table: `python -m pasokh.casework.complaints.picture`. Pure."""

from collections.abc import Iterator

from pasokh.casework.complaints.lifecycle import ALL, MOVES, OPEN, UNDECIDED, Move, State, Target

_HEAD = """# The lifecycle of a complaint

Drawn from the table in `src/pasokh/casework/complaints/lifecycle.py` by
`python -m pasokh.casework.complaints.picture`; a test compares the two. Menu, guard and tests
read the same table. Clauses are those of ISO 10002:2018.

A state says where the file lies. What was done is told by milestones, each with the time it
happened and the time it was recorded; acknowledgement is one of them and never a gate. A hold,
a warning and being with an outside body are intervals, not states.

"""


def markdown() -> str:
    """The whole page."""
    return _HEAD + "\n".join(["```mermaid", *_diagram(), "```", "", *_table()]) + "\n"


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    for move in MOVES:
        for source in State:
            if source in move.sources and isinstance(move.target, State):
                yield f"    {source} --> {move.target}: {move.step}"
        if not move.sources:
            yield f"    [*] --> {move.target}: {move.step}"
    for move in MOVES:
        if move.target is Target.BEFORE:
            for source in sorted(move.sources):
                yield f"    {source} --> [*]: {move.step} leads back to the state before"


def _table() -> Iterator[str]:
    yield "| step | from | to | clause |"
    yield "|---|---|---|---|"
    for move in MOVES:
        to = _TO.get(move.target, move.target)
        yield f"| {move.step} | {_sources(move)} | {to} | {move.clause} |"


_TO: dict[State | Target, str] = {
    Target.SAME: "the same state",
    Target.BEFORE: "the state before it ended",
}


def _sources(move: Move) -> str:
    named = {ALL: "any state", OPEN: "any open state", UNDECIDED: "any state before the decision"}
    if move.sources in named:
        return named[move.sources]
    return ", ".join(state for state in State if state in move.sources) or "–"


if __name__ == "__main__":
    print(markdown(), end="")
