"""What each refusal of this context says to a reader, and what they can do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-unit": _("The organisation has no unit yet. Add one first."),
    "not-authorised": _(
        "Your roles do not allow this here. Nothing was changed. Ask whoever keeps the roles if "
        "you need it."
    ),
    "name-missing": _("A name is needed in both languages. Nothing was changed; write both."),
    "language-unknown": _("The language must be Persian or English. Nothing was changed."),
    "time-zone-unknown": _(
        "There is no time zone called %(zone)s. Nothing was changed; choose one from the list, "
        "for example Asia/Tehran."
    ),
    "address-invalid": _(
        "%(address)s is not an e-mail address. Nothing was changed; check how it is written."
    ),
    "address-taken": _(
        "Somebody signs in with %(address)s already. Nothing was changed; use another address."
    ),
    "password-weak": _(
        "This password is too easy to guess. Nothing was changed. Take at least 12 characters, "
        "not a common word and not your address; three or four unrelated words are good."
    ),
    "password-wrong": _("The present password is not right. Nothing was changed; try again."),
    "password-same": _(
        "The new password is the present one. Nothing was changed; choose another, which nobody "
        "else knows."
    ),
    "no-sign-in": _(
        "This colleague has no sign-in yet. Nothing was changed; give them a sign-in first."
    ),
    "no-such-unit": _("There is no such unit. Nothing was changed; choose one from the list."),
    "unit-retired": _(
        "The unit %(unit_code)s is no longer in use. Nothing was changed; choose another, or take "
        "it into use again first."
    ),
    "unit-not-retired": _("This unit is in use already. Nothing was changed."),
    "unit-code-taken": _(
        "Another unit has the code %(unit_code)s, perhaps a retired one. Nothing was changed; "
        "choose another code."
    ),
    "unit-in-itself": _(
        "A unit cannot be put under itself or under a unit of its own. Nothing was changed."
    ),
    "unit-has-units": _(
        "The unit %(unit_code)s still has units under it. Nothing was changed; move or retire "
        "them first."
    ),
    "unit-has-staff": _(
        "Colleagues still belong to the unit %(unit_code)s. Nothing was changed; move them to "
        "another unit first."
    ),
    "no-such-staff": _(
        "There is no such colleague. Nothing was changed; choose one from the list."
    ),
    "staff-ended": _("This colleague has left. Nothing was changed; choose another."),
    "staff-not-ended": _("This colleague has not left. Nothing was changed."),
    "staff-number-taken": _(
        "Another colleague has the number %(number)s. Nothing was changed; check the number."
    ),
    "manages-each-other": _(
        "The line manager you chose reports to this colleague. Nothing was changed; choose "
        "somebody else."
    ),
    "has-sign-in": _("This colleague can sign in already. Nothing was changed."),
    "ends-before-it-begins": _("The end must come after the beginning. Nothing was changed."),
    "role-held-already": _(
        "This colleague has this role there already in that time. Nothing was changed."
    ),
    "administrator-is-everywhere": _(
        "An administrator sets up the whole organisation, so this role cannot be limited to a "
        "unit. Nothing was changed; give it without a unit, or choose another role."
    ),
    "no-such-role": _("There is no such role to end. Nothing was changed."),
    "role-ended": _("This role had ended already. Nothing was changed."),
    "last-administrator": _(
        "Nobody else could set up the organisation any more. Nothing was changed; make another "
        "administrator first, without an end date and with a sign-in."
    ),
    "currency-unknown": _(
        "There is no currency %(currency)s. Nothing was changed; write its three letters, such "
        "as IRR."
    ),
    "amount-negative": _("A limit cannot be less than zero. Nothing was changed."),
    "own-deputy": _("Nobody can stand in for themselves. Nothing was changed; choose another."),
    "no-such-absence": _("There is no such absence, or it is over. Nothing was changed."),
    "week-has-seven-days": _("A week has seven days, not %(days)s. Nothing was changed."),
    "week-without-work": _(
        "A week without any working hour would stop every deadline. Nothing was changed; give "
        "hours to at least one day."
    ),
    "rules-need-a-week": _(
        "No working week is set yet, so no time limit could be counted. Nothing was changed; set "
        "the working week first, then choose the rules."
    ),
    "hours-run-backwards": _(
        "Working hours must end after they begin. Nothing was changed; check the times."
    ),
    "hours-overlap": _(
        "The working hours of one day overlap or are out of order. Nothing was changed; check "
        "the times."
    ),
    "source-missing": _(
        "Say where the holiday on %(on)s was announced. Nothing was changed; every holiday "
        "needs a source."
    ),
    "holiday-entered-already": _(
        "A holiday or closure on %(on)s from this source is there already. Nothing was changed."
    ),
    "no-such-holiday": _(
        "There is no such holiday. Nothing was changed; choose one from the list."
    ),
    "holiday-withdrawn-already": _(
        "The holiday on %(on)s was withdrawn before. Nothing was changed."
    ),
    "pack-not-in-force": _(
        "The policy pack %(pack)s is not in force on that date. Nothing was changed; choose "
        "another date or another pack."
    ),
    "no-rules-of-its-own": _(
        "This unit works by the rules of the unit above it already. Nothing was changed."
    ),
    "no-regime-bound": _(
        "The organisation has not yet said which rules bind it, so no time limit can be given. "
        "Nothing was saved; whoever set up the system can choose a policy pack."
    ),
    "setup-link-unknown": _(
        "This link does not open the set-up. Nothing was changed. Start the server again: it "
        "prints a new link while there is no administrator."
    ),
    "setup-link-used": _(
        "There is an administrator already, so this link is spent. Nothing was changed; sign in "
        "instead."
    ),
    "setup-link-expired": _(
        "This link was good for 24 hours and has expired. Nothing was changed. Start the server "
        "again: it prints a new one."
    ),
}
