"""The first administrator's page, behind the one-time link that the server prints."""

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.desk.fields import storable
from pasokh.desk.password import NewPassword
from pasokh.directory.organisation import actions, queries
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.ui import errors
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence

#: Which field a refusal is about; a refusal of the link itself closes the page.
_FIELDS = {
    "name-missing": "name_fa",
    "address-invalid": "email",
    "address-taken": "email",
    "password-weak": "password",
}
#: Posts from one address in so many seconds: far more than one person needs.
MOST, SECONDS = 20, 600


class FirstAdministrator(NewPassword):
    """Who sets the organisation up, and how they will sign in."""

    name_fa = forms.CharField(
        label=_("Your name in Persian"),
        max_length=200,
        validators=[storable],
        error_messages={"required": _("Write your name in Persian.")},
        widget=forms.TextInput(attrs={"lang": "fa"}),
    )
    name_en = forms.CharField(
        label=_("Your name in English"),
        max_length=200,
        validators=[storable],
        error_messages={"required": _("Write your name in English.")},
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You will sign in with it."),
        validators=[storable],
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is not a whole e-mail address; one looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("name_fa", "name_en", "email", "password", "again")


@to_the_letter
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the first administrator, and make it."""
    if request.method == "POST" and _too_often(request):
        return errors.too_many(request, SECONDS)
    try:
        queries.setup_link(token, now())
    except Refused as refused:
        return _private(_link_refused(request, refused))
    form = FirstAdministrator(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _make(token, form)
        except Refused as refused:
            if refused.code not in _FIELDS:
                return _private(_link_refused(request, refused))
            form.add_error(_FIELDS[refused.code], sentence(refused))
        else:
            return _private(redirect("desk:setup-done"))
    return _private(render(request, "desk/setup.html", {"form": form}))


def done(request: HttpRequest) -> HttpResponse:
    """Say what comes next."""
    return render(request, "desk/setup_done.html")


def _make(token: str, form: FirstAdministrator) -> None:
    actions.make_first_administrator(
        token,
        email=form.cleaned_data["email"],
        password=form.cleaned_data["password"],
        name=Bilingual(fa=form.cleaned_data["name_fa"], en=form.cleaned_data["name_en"]),
        language=get_language() or "fa",
        at=now(),
    )


def _link_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    known = {"sentence": sentence(refused), "used": refused.code == "setup-link-used"}
    return render(request, "desk/setup_closed.html", known, status=410)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the address, which holds the token, out of caches and out of the next site's logs.

    `strict-origin` rather than `no-referrer`: with the latter browsers hide from us, too, that
    the form came from our own page, and the check against forged forms would refuse it.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


def _too_often(request: HttpRequest) -> bool:
    key = f"setup:{request.META['REMOTE_ADDR']}"
    attempts = cache.get(key, 0) + 1
    cache.set(key, attempts, SECONDS)
    return bool(attempts > MOST)
