"""Words to the complainant, with what goes along: a quotation, files, a later time."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from pasokh.api.v1.uploads import Uploads, taken
from pasokh.api.v1.values import LARGEST, Id, Line, Moment, Words, between
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.writing import Along
from pasokh.casework.complaints.queries import CasePage
from pasokh.kernel.actors import Actor

#: A message of the file, or 0 for the complaint itself.
Quoted: Any = between(0, LARGEST)
Enclosed = Annotated[list[Id], Field(max_length=10)]


def message(
    page: CasePage,
    *,
    text: Words,
    quotes: Quoted | None = None,
    letter_kind: Line = "",
    enclosed: Enclosed = [],  # noqa: B006  read only
    attachments: Uploads = (),
    leaves_at: Moment | None = None,
    by: Actor,
    at: datetime,
) -> Any:
    """Write to the complainant: it stands on the tracking page, and a letter says so (7.3)."""
    files = taken(attachments, at)
    along = Along(quotes, tuple(enclosed), files, leaves_at=leaves_at, added=letter_kind)
    return actions.message(page.ref, text=text, along=along, by=by, at=at)


def ask(
    page: CasePage,
    *,
    question: Words,
    quotes: Quoted | None = None,
    enclosed: Enclosed = [],  # noqa: B006  read only
    attachments: Uploads = (),
    leaves_at: Moment | None = None,
    by: Actor,
    at: datetime,
) -> Any:
    """Ask the complainant for what the investigation needs (7.6)."""
    along = Along(quotes, tuple(enclosed), taken(attachments, at), leaves_at=leaves_at)
    return actions.ask(page.ref, question=question, along=along, by=by, at=at)
