"""Who is writing what in a case."""

from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.writing.models import Writing


def own(complaint: int, staff: int) -> Writing | None:
    """What a colleague is writing in a case; None when it was sent, or there is nothing."""
    return Writing.objects.filter(complaint=complaint, staff=staff, letter=None).first()


def begun(complaint: int) -> list[Writing]:
    """What colleagues are writing in a case, the last changed first."""
    rows = Writing.objects.filter(complaint=complaint, letter=None)
    return list(rows.select_related("staff").order_by("-changed_at"))


def letter_of(message: int, complaint: int) -> int:
    """The letter that brings a message."""
    found = Letter.objects.filter(complaint=complaint, copy_of=None, facts__message=message)
    return found.latest("pk").pk
