"""What people are asked beside what happened, in words for them: by the form and by programs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.terms import Complainant
from pasokh.directory.people.terms import Need

Word = str | Promise


@dataclass(frozen=True)
class Question:
    """A question, and what helps to answer it."""

    asks: Word
    help: Word = ""


#: Of the matter, by the field of `Matter` that holds the answer.
MATTER: dict[str, Question] = {
    "product_model": Question(_("Product or service, and its model")),
    "serial_number": Question(_("Serial number")),
    "order_number": Question(_("Order or bill number")),
    "purchase_place": Question(_("Where did you buy it?")),
    "purchased_on": Question(_("When did you buy it?")),
    "guarantee": Question(_("Guarantee"), _("From whom, until when; what you know is enough.")),
    "incident_on": Question(_("When did it happen?")),
    "remedy_wanted": Question(
        _("What would put it right?"),
        _("For example: repair, money back, an apology, an explanation."),
    ),
}

#: Of themselves, and of the person they write for.
THEMSELVES: dict[str, Question] = {
    "complainant_kind": Question(_("You are complaining as")),
    "on_behalf_of": Question(_("Their name"), _("Only if you write for somebody else.")),
    "behalf_contact": Question(_("Their mobile number or e-mail")),
    "needs": Question(_("What would make this easier for you?")),
    "needs_note": Question(_("Anything else we should know")),
}

KINDS: dict[Complainant, Word] = {
    Complainant.CUSTOMER: _("a customer"),
    Complainant.COLLEAGUE: _("a colleague who is served by another part of us"),
}

NEEDS: dict[Need, Word] = {
    Need.LANGUAGE: _("another language, or plain language"),
    Need.SIGHT: _("large print, or a text that can be read aloud"),
    Need.HEARING: _("writing rather than the telephone"),
    Need.SPEECH: _("time to speak, or writing instead"),
    Need.MOVEMENT: _("a place without steps, or a visit"),
    Need.UNDERSTANDING: _("an explanation, or someone beside me"),
    Need.READING: _("someone who reads it to me"),
    Need.OFFLINE: _("letters on paper"),
    Need.OTHER: _("something else"),
}
