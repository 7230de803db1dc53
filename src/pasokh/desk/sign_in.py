"""Sign in and out: django-allauth's flow and limits, in our words and look."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.views import LoginView, LogoutView
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pasokh.desk.fields import secret
from pasokh.ui import errors

#: Seconds for which an address or an account rests after too many wrong passwords.
REST = 300


class Adapter(DefaultAccountAdapter):
    """Colleagues are made by the administrator; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This sign-in is no longer in use. Ask your administrator."),
        "email_password_mismatch": _(
            "The address or the password is not right. Look at both and try again."
        ),
        "too_many_login_attempts": _(
            "There were too many wrong attempts for this address. Wait five minutes, then try "
            "again; your administrator can give you a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: accounts come from the staff page alone."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Keep allauth's own greetings off our pages."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Say so to who knew the password of a sign-in that was switched off."""
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("desk:sign-in")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the sign-in page, in the same language."""
        return reverse("desk:sign-in")


class SignInForm(LoginForm):
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-mail address"),
            error_messages={
                "required": _("Write your e-mail address."),
                "invalid": _(
                    "This is not a whole e-mail address; one looks like name@example.org."
                ),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        )
        self.fields["password"] = secret(
            _("Password"), missing=_("Write your password."), new=False
        )


class SignIn(LoginView):
    """Ask for address and password; wrong ones are counted per address and per machine."""

    form_class = SignInForm
    template_name = "desk/sign_in.html"

    def get_form_class(self) -> type[SignInForm]:
        """Use our form, whatever the settings of allauth say."""
        return self.form_class

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its form and where it leads."""
        known = {"form": self.get_form()} | kwargs
        return {**known, "next": self.get_next_url() or ""}


class SignOut(LogoutView):
    """Ask, then sign out by POST."""

    template_name = "desk/sign_out.html"


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer a machine that tried to sign in too often."""
    return errors.too_many(request, REST)
