"""Plan an investigation and gather its evidence (ISO 10002:2018, 7.6)."""

from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.actions.talking import attach
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.investigation.models import Evidence, Investigation
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@transaction.atomic
def investigate(ref: str, *, plan: str, by: Actor, at: datetime) -> Investigation:
    """Start the investigation of a file with a plan."""
    if not plan.strip():
        raise Refused("nothing-said")
    case = complaints.investigate(ref, plan=plan, by=by, at=at)
    return Investigation.objects.create(
        complaint=case, stage=case.stage, plan=plan, by_id=by.staff, at=at
    )


@transaction.atomic
def gather(
    ref: str, *, description: str, source: str, digest: str, by: Actor, at: datetime
) -> Evidence:
    """Add a piece of evidence to the file, with where it came from and who obtained it."""
    if not description.strip() or not source.strip():
        raise Refused("nothing-said")
    case: Complaint = complaints.gather(
        ref, description=description, source=source, digest=digest, by=by, at=at
    )
    return Evidence.objects.create(
        complaint=case,
        stage=case.stage,
        description=description,
        source=source,
        digest=digest,
        by_id=by.staff,
        at=at,
    )


@transaction.atomic
def gather_file(
    ref: str, *, description: str, source: str, file: File, by: Actor, at: datetime
) -> Evidence:
    """Add a piece of evidence that is a stored file: it hangs on the case from then on."""
    found = gather(ref, description=description, source=source, digest=file.digest, by=by, at=at)
    attach(found.complaint, [file], message=None, at=at, inside=True)
    return found
