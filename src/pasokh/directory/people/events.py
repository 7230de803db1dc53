"""What is done to a person's record; names, addresses and reasons are sealed beside it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("person.registered", _("Person registered"))
class PersonRegistered:
    kind: str
    language: str
    needs: tuple[str, ...]


@event("person.corrected", _("A person's particulars were corrected"))
class PersonCorrected:
    changed: tuple[str, ...]


@event("person.contact_point_added", _("Way to reach the person added (%(kind)s)"))
class ContactPointAdded:
    contact_point: int
    kind: str
    preferred: bool


@event("person.contact_point_preferred", _("Preferred way to reach the person changed"))
class ContactPointPreferred:
    contact_point: int


@event("person.contact_point_confirmed", _("Way to reach the person confirmed"))
class ContactPointConfirmed:
    contact_point: int
    how: str


@event("person.contact_point_refused", _("Way to reach the person no longer used"))
class ContactPointRefused:
    contact_point: int


@event("person.contact_point_used_again", _("Way to reach the person used again"))
class ContactPointUsedAgain:
    contact_point: int


@event("person.texts_stopped", _("No more texts to a number"))
class TextsStopped:
    contact_point: int


@event("person.texts_wanted", _("Texts to a number are wanted again"))
class TextsWanted:
    contact_point: int


@event("person.contact_point_failed", _("What was sent this way to the person came back"))
class ContactPointFailed:
    contact_point: int


@event("person.contact_point_works", _("This way reaches the person again"))
class ContactPointWorks:
    contact_point: int


@event("person.mandate_given", _("Leave to act for the person recorded"))
class MandateGiven:
    mandate: int
    representative: int
    evidence: str
    valid_until: datetime | None


@event("person.mandate_ended", _("Leave to act for the person ended"))
class MandateEnded:
    mandate: int
