"""One's own password: chosen at the first sign-in, and changed whenever one likes."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pasokh.desk import shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import secret
from pasokh.directory.organisation import actions
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui import errors
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence

#: Which field a refusal is about.
_FIELDS = {"password-wrong": "present", "password-weak": "password", "password-same": "password"}
#: Seconds to wait after too many wrong tries.
REST = 60


class NewPassword(forms.Form):
    """A password to be chosen, written twice."""

    password = secret(
        gettext_lazy("A password"),
        help_text=gettext_lazy(
            "At least 12 characters, in any letters. Three or four words that have nothing to do "
            "with each other are good and easy to remember."
        ),
    )
    again = secret(
        gettext_lazy("The same password again"),
        missing=gettext_lazy("Write the password a second time."),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password", again) != again:
            raise forms.ValidationError(_("The two passwords differ. Write both once more."))
        return again


class PasswordForm(NewPassword):
    """The present password, and the new one."""

    present = secret(
        gettext_lazy("Your present password"),
        missing=gettext_lazy("Write your present password."),
        new=False,
    )
    field_order = ("present", "password", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("A new password")


@to_the_letter
@staff_required
def password(request: DeskRequest) -> HttpResponse:
    """Ask for a new password, and lead to where the reader wanted to go."""
    user: Any = request.user
    if request.method == "POST" and not ratelimit.consume(
        request, action="change_password", user=user
    ):
        return errors.too_many(request, REST)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changed = actions.choose_password(
                present=form.cleaned_data["present"],
                password=form.cleaned_data["password"],
                by=request.actor,
                at=now(),
            )
        except Refused as refused:
            form.add_error(_FIELDS.get(refused.code), sentence(refused))
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, _("Your new password is valid from now on."))
            return redirect(_wanted(request))
    known = {"form": form, "given": user.password_given, "next": _wanted(request)}
    return shell.page(request, "desk/password.html", known)


def _wanted(request: DeskRequest) -> str:
    """Where the reader was going, if that is a page of ours; the queue otherwise."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if ours else reverse("desk:queue")
