"""The complaint and what hangs on it. Written only by `actions.py`; read through `queries.py`."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from pasokh.casework.complaints import terms
from pasokh.casework.complaints.lifecycle import OPEN, State
from pasokh.casework.complaints.milestones import Milestone, times

#: The sequence that numbers references; filings that were not completed leave gaps.
NUMBERS = "complaint_number"


class Complaint(models.Model):
    """One complaint file (ISO 10002:2018, 7.2).

    Text from outside is kept exactly as received. What was said, promised and found hangs on
    the other tables here; dates stand in `milestones`, deadlines in `deadlines.Clock`.
    """

    ref = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=[(s, s) for s in State])
    state_before = models.CharField(max_length=20, blank=True)
    stage = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    milestones = models.JSONField(default=dict)

    channel = models.CharField(max_length=40)
    source_id = models.CharField(max_length=200, null=True)
    language = models.CharField(max_length=2)
    complainant_kind = models.CharField(max_length=20)
    anonymous = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    complainant = models.ForeignKey(
        "directory.Person", models.PROTECT, null=True, related_name="complaints"
    )
    representative = models.ForeignKey(
        "directory.Person", models.PROTECT, null=True, related_name="complaints_for_others"
    )
    unit = models.ForeignKey("directory.Unit", models.PROTECT, db_index=False)
    handler = models.ForeignKey("directory.Staff", models.PROTECT, null=True)
    regime = models.CharField(max_length=40)
    regime_parameters = models.JSONField(default=dict)

    narrative = models.TextField()
    remedy_wanted = models.TextField(blank=True)
    incident_on = models.DateField(null=True)
    product = models.ForeignKey("policy.Term", models.PROTECT, null=True, related_name="+")
    product_model = models.TextField(blank=True)
    serial_number = models.TextField(blank=True)
    purchase_place = models.TextField(blank=True)
    purchased_on = models.DateField(null=True)
    guarantee = models.TextField(blank=True)
    order_number = models.TextField(blank=True)

    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    priority = models.PositiveSmallIntegerField(null=True)
    safety = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    closing = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=20, blank=True)

    named_ids: list[int]  # colleagues complained about, on a file fetched `with_facts`

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_file_per_reference", fields=["ref"]),
            models.UniqueConstraint(
                name="one_complaint_per_message",
                fields=["channel", "source_id"],
                condition=Q(source_id__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_has_a_date",
                condition=~Q(state=State.CLOSED) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="anonymous_has_no_person",
                condition=Q(anonymous=False) | Q(complainant__isnull=True),
            ),
            models.CheckConstraint(name="stage_is_positive", condition=Q(stage__gte=1)),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="complaint_by_due"),
            # The queue is read and counted from these three alone: they hold what the fence asks.
            models.Index(
                fields=["due_at", "id"],
                include=["unit", "handler", "confidential", "due_clock"],
                name="complaint_open",
                condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["handler", "due_at", "id"],
                include=["unit", "confidential", "due_clock"],
                name="complaint_open_of_handler",
                condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["due_at", "id"],
                include=["unit", "handler", "confidential"],
                name="complaint_open_theirs",
                condition=Q(state__in=sorted(OPEN), due_clock__in=sorted(terms.THEIRS)),
            ),
            models.Index(fields=["state", "due_at", "id"], name="complaint_by_state"),
            models.Index(fields=["unit", "due_at", "id"], name="complaint_by_unit"),
            models.Index(fields=["-received_at", "-id"], name="complaint_by_receipt"),
            models.Index(
                Func(F("source_id"), Value(":"), Value(2), function="split_part"),
                F("received_at").desc(),
                F("id").desc(),
                name="complaint_of_civic_app",
                condition=Q(source_id__startswith=f"{terms.OPEN311}:"),
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def subject(self) -> str:
        """The name of this file in the ledger."""
        return f"complaint:{self.ref}"

    def done(self, name: Milestone) -> bool:
        """Whether a milestone of the present stage has been reached."""
        return str(name) in times(self.milestones, self.stage)


class ComplainedAbout(models.Model):
    """A colleague the complaint is about: never its handler, reviewer or reader."""

    complaint = models.ForeignKey(
        Complaint, models.CASCADE, related_name="complained_about", db_index=False
    )
    staff = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="named_once", fields=["complaint", "staff"]),
        ]


class Issue(models.Model):
    """One thing complained of; each is found, remedied and traced to a cause for itself."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="issues", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    category = models.ForeignKey("policy.Term", models.PROTECT, null=True, related_name="+")
    moved_to = models.ForeignKey(Complaint, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="issue_number_once", fields=["complaint", "number"]),
        ]


class Decision(models.Model):
    """The decision of one stage, with its reasons (ISO 10002:2018, 7.7 and 7.8).

    A decision taken back before it was sent keeps its row and gets `reconsidered_at`.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="decisions")
    stage = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=[(o, o) for o in terms.Outcome])
    reasons = models.TextField()
    declined_for = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey("directory.Staff", models.PROTECT, null=True, related_name="+")
    handled_by = models.ForeignKey("directory.Staff", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    reconsidered_at = models.DateTimeField(null=True)
    waives_review = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_standing_decision_per_stage",
                fields=["complaint", "stage"],
                condition=Q(reconsidered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="declined_says_why",
                condition=~Q(outcome=terms.Outcome.DECLINED) | ~Q(declined_for=""),
            ),
        ]


class IssueFinding(models.Model):
    """What one decision found about one issue, why, and from which cause it came."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="findings", db_index=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="findings")
    finding = models.CharField(max_length=20, choices=[(f, f) for f in terms.Finding])
    reasons = models.TextField()
    cause = models.ForeignKey("policy.Term", models.PROTECT, null=True, related_name="+")
    others_affected = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_finding_per_issue", fields=["decision", "issue"]),
        ]


class Waiver(models.Model):
    """Leave for someone not independent to act in a later stage, with a written reason.

    Given only where nobody independent exists; told to the complainant, and counted.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="waivers")
    stage = models.PositiveSmallIntegerField()
    staff = models.ForeignKey("directory.Staff", models.PROTECT, related_name="+")
    reason = models.TextField()
    given_at = models.DateTimeField()


class Message(models.Model):
    """What passed between the complainant and the organisation. Internal notes are `Note`s."""

    complaint = models.ForeignKey(
        Complaint, models.CASCADE, related_name="messages", db_index=False
    )
    incoming = models.BooleanField()
    channel = models.CharField(max_length=40)
    text = models.TextField()
    author = models.CharField(max_length=60)  # an actor's code
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["complaint", "at"], name="message_by_time")]


class Note(models.Model):
    """An internal note. No template or letter of the complainant's can reach this table."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="notes")
    text = models.TextField()
    author = models.ForeignKey("directory.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Contact(models.Model):
    """A conversation as it was logged: who reached whom, what was said, what was promised."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="contacts")
    incoming = models.BooleanField()
    reached = models.BooleanField()
    channel = models.CharField(max_length=40)
    said = models.TextField()
    promised = models.TextField(blank=True)
    promised_by = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    by = models.ForeignKey("directory.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_promise_has_a_date",
                condition=Q(promised="") | Q(promised_by__isnull=False),
            ),
        ]


class Attachment(models.Model):
    """A file given with a complaint or a message: its bytes are found by digest.

    One that is `inside` was gathered or kept by the house; the complainant is not shown it.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    digest = models.CharField(max_length=64)
    name = models.TextField()
    kind = models.CharField(max_length=100)
    size = models.BigIntegerField()
    at = models.DateTimeField()
    inside = models.BooleanField(default=False)


class Link(models.Model):
    """Two complaints shown together; neither loses anything by it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="links", db_index=False)
    other = models.ForeignKey(Complaint, models.CASCADE, related_name="linked_from")
    why = models.CharField(max_length=20)  # joined | split
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="linked_once", fields=["complaint", "other"]),
            models.CheckConstraint(
                name="not_linked_to_itself", condition=~Q(complaint=models.F("other"))
            ),
        ]


class Rating(models.Model):
    """The two questions, apart from the verdict: the handling and the outcome (ISO 10002, 8.3)."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="ratings", db_index=False)
    stage = models.PositiveSmallIntegerField()
    handling = models.PositiveSmallIntegerField(null=True)
    outcome = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rated_once_a_stage", fields=["complaint", "stage"]),
            models.CheckConstraint(
                name="ratings_are_one_to_five",
                condition=(Q(handling__isnull=True) | Q(handling__range=(1, 5)))
                & (Q(outcome__isnull=True) | Q(outcome__range=(1, 5))),
            ),
        ]


class SearchText(models.Model):
    """The words by which a file is found: what was said in it and by whom, folded.

    Kept beside the file, so that reading a file does not load them. `reached` are those among them
    that stand in numbers and addresses of people and nowhere else. `size` is in bytes and keeps the
    vector within what PostgreSQL holds.
    """

    complaint = models.OneToOneField(
        Complaint, models.CASCADE, primary_key=True, related_name="search_text"
    )
    words = SearchVectorField()
    reached = SearchVectorField(db_default="")
    size = models.PositiveIntegerField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="complaint_words")]


class Reading(models.Model):
    """Who read what of a file and when; kept apart from the record of what was done to it."""

    complaint = models.ForeignKey(
        Complaint, models.CASCADE, related_name="readings", db_index=False
    )
    actor = models.CharField(max_length=60)  # an actor's code
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["complaint", "at"], name="reading_by_time")]
