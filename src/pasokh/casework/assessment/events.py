"""The facts that an assessment leaves in a file beside itself."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("complaint.significant_told", _("Top management was told"))
class SignificantTold:
    staff: int


@event("complaint.significant_read", _("Top management has read it"))
class SignificantRead:
    staff: int
