"""Who the organisation is, and how it is reached."""

from datetime import datetime
from zoneinfo import available_timezones

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import Choices, listed, one_of, storable
from pasokh.desk.settings_pages.fields import apart, both, form, pair, text
from pasokh.desk.settings_pages.frame import Data, Deed, Sheet, answer, setting
from pasokh.desk.settings_pages.mail import notes
from pasokh.directory.organisation import actions, queries
from pasokh.kernel.actors import Actor

RIGHT = "organisation.configure"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
_TEXTS = ("name", "address", "opening_hours", "signatory_name", "signatory_post")
_PLAIN = ("default_language", "time_zone", "mailbox", "telephone")


@setting(RIGHT)
def organisation(request: DeskRequest) -> HttpResponse:
    """Ask who the organisation is."""

    def describe(data: Data, by: Actor, at: datetime) -> None:
        texts: Data = {name: both(data, name) for name in _TEXTS}
        plain = {name: data[name] for name in _PLAIN}
        actions.describe_organisation(by=by, at=at, **texts, **plain)

    deed = Deed(
        *("describe", _form(), describe, _("Save")),
        done=_("What the organisation says of itself is saved."),
        title=_("Name and ways to reach it"),
    )
    title = _("The organisation")
    return answer(request, Sheet(title, [deed], notes=notes(), help=_HELP))


_HELP = _("It is shown to people who complain, and stands at the head of every letter.")


def _form() -> type[forms.Form]:
    fields = {
        **pair("name", _("Name of the organisation")),
        "default_language": one_of(_("Language when nobody has chosen one"), LANGUAGES),
        "time_zone": listed(_("Time zone"), _zones(), number=False),
        "mailbox": forms.EmailField(
            label=_("The office’s own mailbox"),
            help_text=_("Answers to our letters go there."),
            required=False,
            validators=[storable],
            error_messages={
                "invalid": _("This is not a whole e-mail address; one looks like name@example.org.")
            },
        ),
        "telephone": text(_("Telephone"), 60, required=False, kind="tel"),
        **pair("address", _("Address"), required=False, rows=2),
        **pair("opening_hours", _("Opening hours"), required=False),
        **pair("signatory_name", _("Name of who signs the letters"), required=False),
        **pair("signatory_post", _("Post of who signs the letters"), required=False),
    }
    if (held := queries.organisation()) is None:
        return form(fields, default_language="fa", time_zone="Asia/Tehran")
    texts: dict[str, str] = {}
    for name in _TEXTS:
        texts |= apart(name, getattr(held, name))
    return form(fields, **texts, **{name: getattr(held, name) for name in _PLAIN})


def _zones() -> Choices:
    known = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    return [(zone, zone) for zone in sorted(known | {"UTC"})]
