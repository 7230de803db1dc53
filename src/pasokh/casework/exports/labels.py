"""What the codes of exports are called in the reader's language."""

from django.utils.translation import gettext_lazy as _

from pasokh.casework.exports.states import Format, State

STATES = {
    State.WAITING: _("Waits to be made"),
    State.MAKING: _("Being made"),
    State.READY: _("Ready"),
    State.FAILED: _("Could not be made"),
    State.GONE: _("Deleted"),
}

FORMATS = {
    Format.XLSX: _("XLSX, for Excel and LibreOffice"),
    Format.CSV: _("CSV, for most programs"),
    Format.JSONL: _("JSON lines, for programs"),
}
