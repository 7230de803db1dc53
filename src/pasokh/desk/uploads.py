"""Files that come with a form of the desk: kept aside until the form is sent whole.

They rest in a draft of their own (`casework.intake.drafts`), by the same rules as on the portal;
its token stands in the form. A mistake elsewhere loses none of them, and a file that is refused
costs neither the text nor the other files.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.matter import File
from pasokh.casework.intake.drafts import actions as drafts
from pasokh.casework.intake.drafts import queries
from pasokh.casework.intake.drafts.queries import Staged
from pasokh.desk.access import DeskRequest
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.text import isolate
from pasokh.ui.sentences import sentence
from pasokh.ui.templatetags.ui import size_said


class SeveralFiles(forms.FileInput):
    """A control with which several files are chosen at once; those sent are kept with the form."""

    allow_multiple_selected = True
    kept = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True})


class WithFiles(forms.Form):
    """A form with which files may come."""

    kept = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    papers = forms.Field(
        label=_("Pictures and papers"),
        required=False,
        widget=SeveralFiles,
        help_text=_("Up to ten files of 25 megabytes each."),
    )

    def take_in(self, request: DeskRequest) -> None:
        """Keep the files that were sent and drop those let go; a refusal is the form's error."""
        token, sent = self.data.get("kept", ""), request.FILES.getlist("papers")
        problems = []
        if sent and _opened(token) is None:
            problems += [sentence(Refused("draft-gone"))] if token else []
            token = drafts.begin({}, address=f"desk:{request.actor.id}", at=now())
        if _opened(token):
            for digest in request.POST.getlist("leave_out"):
                drafts.remove_file(token, digest, at=now())
        for one in sent:
            problems += _added(token, one)
        self._hold(token)
        self.full_clean()
        for problem in problems:
            self.add_error("papers", problem)

    def taken(self, at: datetime) -> tuple[File, ...]:
        """The files, out of their draft and into the store: to be called where they are filed."""
        if not (token := self.data.get("kept", "")):
            return ()
        try:
            return drafts.take_files(token, at=at)
        except Refused:
            self._hold("")
            raise

    def _hold(self, token: str) -> None:
        """Let the form carry a token, and offer the files under it to be left out again."""
        before: Any = self.data
        sent = before.copy()
        sent["kept"] = token
        sent.setlist("leave_out", [])
        self.data = sent
        self.offer_again(token)

    def offer_again(self, token: str) -> None:
        """Offer what is kept under a token to be left out again."""
        self.fields.pop("leave_out", None)
        if chosen := _opened(token):
            self.fields["leave_out"] = forms.MultipleChoiceField(
                label=_("Kept so far; tick what shall be left out"),
                required=False,
                choices=[(one.digest, _shown(one)) for one in chosen],
                widget=forms.CheckboxSelectMultiple,
            )


def names(token: str) -> list[str]:
    """What the files kept under a token are called."""
    return [one.name for one in _opened(token) or ()]


def _opened(token: str) -> tuple[Staged, ...] | None:
    """The files kept under a token; None when there is no such draft, or not any more."""
    found = queries.opened(token, now()) if token else None
    return None if found is None else found.files


#: What the desk says otherwise than the portal, which speaks of the reader's own page.
_HERE = {"files-too-many": "files-too-many-here", "files-no-room": "files-no-room-here"}


def _added(token: str, sent: UploadedFile) -> list[str]:
    try:
        drafts.add_file(token, sent.name or "", sent.chunks(), at=now())
    except Refused as refused:
        return [sentence(Refused(_HERE.get(refused.code, refused.code), **refused.facts))]
    return []


def _shown(file: Staged) -> str:
    return f"{isolate(file.name)} · {isolate(size_said(file.size))}"
