"""The stages of a complaint as a short road: what was done when, and what is promised by when."""

from datetime import datetime

from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.queries.tracking import Tracked
from pasokh.portal.words import ROAD, STANDING
from pasokh.ui.parts import Stage

#: Each stage with the milestone that ends it and the clocks that promise it, the first that runs.
_STAGES = (
    ("assessed", ("assess",)),
    ("decided", ("decide", "respond")),
    ("communicated", ("communicate", "respond")),
    ("answered", ("verdict",)),
    ("closed", ()),
)


def road(found: Tracked) -> list[Stage]:
    """The road of the present stage of a file; it ends early where the file did."""
    first = "received" if found.stage == 1 else "review"
    stages = [Stage(str(ROAD[first]), "done", found.done.get("received", found.received_at))]
    if found.state in (State.WITHDRAWN, State.SET_ASIDE):
        return [*stages, Stage(str(STANDING[found.state]), "done", found.closed_at)]
    ahead = False
    for name, clocks in _STAGES:
        if at := _done(found, name):
            stages.append(Stage(str(ROAD[name]), "done", at))
        else:
            due = next((due for clock in clocks if (due := found.due(clock))), None)
            stages.append(Stage(str(ROAD[name]), "ahead" if ahead else "now", due))
            ahead = True
    return stages


def _done(found: Tracked, name: str) -> datetime | None:
    """When a stage ended; one that was passed over ended with the next one."""
    order = [each for each, _ in _STAGES]
    later = order[order.index(name) :]
    if name in ("answered", "closed"):
        later = [name]
    return next((at for each in later if (at := found.done.get(each))), None)
