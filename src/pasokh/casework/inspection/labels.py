"""What verdicts are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from pasokh.casework.inspection.verdicts import Settled, Verdict

VERDICTS: Mapping[Verdict, Any] = {
    Verdict.UNCHECKED: _("Not checked for harmful software"),
    Verdict.CLEAN: _("Nothing harmful found"),
    Verdict.INFECTED: _("Harmful software found"),
    Verdict.UNREADABLE: _("Could not be checked"),
}
SETTLED: Mapping[Settled, Any] = {
    Settled.NOT: _("Kept apart"),
    Settled.RELEASED: _("Released"),
    Settled.REMOVED: _("Deleted"),
}
