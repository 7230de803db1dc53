"""`docs/deadlines.md` names what there is to name."""

import re
import tomllib
from pathlib import Path

from pasokh.casework.deadlines.clocks import State
from pasokh.casework.deadlines.working import Code
from pasokh.policy.regimes import pack, packs

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "deadlines.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z_-]+)`", PAGE))


def test_every_code_and_every_name_is_on_the_page() -> None:
    names = {
        *map(str, [*Code, *State, *pack.Unit, *pack.DayZero, *pack.OutOfHours, *pack.EndOfDay]),
        *map(str, [*pack.Roll, *pack.HoldCategory]),
        *pack.CLOCKS,
        *pack.PERIODS,
        *pack.MILESTONES,
        *pack.LETTERS,
    }

    assert names - NAMED == set()


def test_the_pack_on_the_page_is_a_pack_but_for_a_limit_it_only_names() -> None:
    section = PAGE.split("## Writing a pack")[1]
    written = "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))
    assert tomllib.loads(written)

    read = packs.parse(written.replace('"extend_days"', '"decide_days"').encode(), name="page")
    [clock] = read.clocks
    assert (clock.length.amount, clock.extension is not None) == (20, True)
