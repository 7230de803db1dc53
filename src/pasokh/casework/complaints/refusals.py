"""Why an act on a complaint was refused: code → sentence, in the reader's language."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-complaint": _("There is no complaint with this reference that you may see."),
    "step-not-open": _(
        "This cannot be done while the file is where it is now. Look at the file again; "
        "somebody may have taken it further."
    ),
    "step-not-in-regime": _("The rules that govern this complaint do not allow this step."),
    "complained-about": _(
        "The complaint is about this colleague, who therefore may not handle or decide it."
    ),
    "not-independent": _(
        "Whoever decided or handled the earlier stage may not judge this one. "
        "Assign the file to somebody else."
    ),
    "review-needs-a-person": _(
        "A program may not judge a file that is looked at again: that takes a colleague who looks "
        "with fresh eyes. Nothing was changed."
    ),
    "somebody-independent": _(
        "Somebody independent is present, so no exception is needed. Assign the file to them."
    ),
    "may-not-handle": _("This colleague does not handle complaints in this unit at present."),
    "contacts-masked": _(
        "This is a mail as it came, with addresses at its head. To see people's addresses and "
        "numbers takes a right that you do not have here. What the mail says stands in the file; "
        "for the rest ask a colleague who has that right."
    ),
    "changed-meanwhile": _(
        "Somebody else changed this file while you were working on it. Nothing of theirs was "
        "lost, and what you wrote is still here: look at the file again and then decide."
    ),
    "already-acknowledged": _("Receipt has already been acknowledged in this stage."),
    "not-acknowledged": _("Receipt has not been acknowledged in this stage."),
    "already-sent": _(
        "The decision has already gone out. If something in it is wrong, open a review."
    ),
    "already-held": _("The clocks of this file are already on hold."),
    "not-held": _("The clocks of this file are not on hold."),
    "already-answered": _("The complainant has already answered the decision."),
    "safety-bars-settling": _(
        "Somebody may be in danger, so this complaint cannot be settled on the spot. Assess it."
    ),
    "review-bars-settling": _("A review cannot be settled on the spot; it needs a decision."),
    "review-bars-setting-aside": _("A file under review cannot be set aside."),
    "review-bars-declining": _("A review must look at the matter itself and cannot be declined."),
    "no-further-stage": _(
        "There is no further stage inside the organisation. The outside routes remain open."
    ),
    "review-given-up": _(
        "The accepted offer said that taking it ends the matter, so there is no further review."
    ),
    "letter-not-now": _("A letter of this kind cannot be written while the file is where it is."),
    "letter-cannot-become": _("The letter is already past that point."),
    "letter-still-sending": _("This letter is being sent at this moment. Try again in a minute."),
    "letter-kept-back": _(
        "This letter waits for approval or lacks something, so it cannot have been told yet."
    ),
    "letter-waits-for-nothing": _(
        "This letter does not wait for approval any more. Look at the file again."
    ),
    "approval-needs-another": _(
        "A letter is approved, or sent back, by somebody else than its writer, and by a person. "
        "Nothing was changed; ask a colleague who may."
    ),
    "letter-has-left": _(
        "This letter has left, so it can be neither taken back nor changed. Write another one if "
        "something in it is wrong."
    ),
    "leaves-at-no-time": _(
        "Choose a time that lies ahead, within a year. Nothing was sent; what you wrote is kept."
    ),
    "no-such-message": _("The message to be quoted is not in this file. Choose another one."),
    "copy-to-nobody": _(
        "A copy goes only to confirmed addresses of the people in this file. Name any other "
        "address yourself, with the reason. Nothing was sent."
    ),
    "copy-needs-a-reason": _(
        "Write why %(address)s gets a copy; the reason is kept with the file. Nothing was sent."
    ),
    "too-many-copies": _("At most %(most)s copies go with one letter. Nothing was sent."),
    "file-may-not-leave": _(
        "The file %(name)s is for colleagues only and may not go out. Leave it out; nothing was "
        "sent."
    ),
    "enclosures-too-large": _(
        "A mail carries at most %(files)s files and %(megabytes)s megabytes together. Leave some "
        "out, or send them with another letter; nothing was sent."
    ),
    "no-such-letter": _("There is no such letter in this file."),
    "no-address": _(
        "No address is known to which a letter could go. Write one down first, or hand the letter "
        "over."
    ),
    "contact-point-not-used": _(
        "We were told not to use %(value)s any more, so nothing was changed. If it is yours and "
        "we may use it again, please tell us by telephone."
    ),
    "contact-points-enough": _(
        "Several addresses or numbers were given for this complaint already, so this one was not "
        "taken. Wait until tomorrow, or tell us by telephone."
    ),
    "last-way": _(
        "This is the only way in which we can reach you. Give another one first; nothing was "
        "changed."
    ),
    "nobody-represented": _("Nobody speaks for somebody else in this file. Nothing was saved."),
    "concerned-unnamed": _("Write the name of the person you write for, too. Nothing was changed."),
    "concerned-stays": _(
        "The name of the person you write for stays with the complaint. If you write for yourself "
        "after all, please tell us so in a message. Nothing was changed."
    ),
    "no-such-file": _("There is no such document with this complaint."),
    "proof-missing": _("Say what proves it; without proof it does not count."),
    "reasons-missing": _(
        "Write the reasons: nobody can accept or examine a decision without them."
    ),
    "finding-for-each-issue": _("Each issue of the complaint needs exactly one finding."),
    "settled-means-settled": _("What is settled on the spot is recorded as settled, not as found."),
    "acceptance-missing": _("Write what was done, and how the complainant accepted it."),
    "over-limit": _(
        "This amount is beyond what you may promise. Ask somebody with a higher limit."
    ),
    "no-such-remedy": _("There is no such remedy in this file."),
    "remedy-already-ended": _("This remedy has already been carried out or dropped."),
    "no-such-issue": _("There is no such issue in this file."),
    "no-such-promise": _("There is no open promise of this kind in this file."),
    "promise-needs-a-date": _("A promise needs the time by which it will be kept, and words."),
    "no-notice-yet": _("The second attempt follows the notice before closing, not the reverse."),
    "nothing-said": _("Nothing was written. Write at least one word."),
    "in-the-future": _("The time given lies in the future."),
    "returned-before-sent": _(
        "The letter left on %(sent)s; it cannot have come back before that. Correct the day."
    ),
    "before-receipt": _("The time given lies before the complaint was received."),
    "out-of-order": _("The day given lies before what has to come first."),
    "anonymous-has-no-person": _("An anonymous complaint carries no name. Choose one of the two."),
    "not-correctable": _("This cannot be corrected; add a note that says what is wrong."),
    "joined-to-itself": _("A file cannot be joined to itself."),
    "joined-already": _("These two files are shown together already. Nothing was changed."),
    "not-joined": _(
        "These two files were not joined, or not any more. What was split off a file stays with it."
    ),
    "verdict-against-issues": _(
        "The answers to the issues do not fit the answer to the whole. The decision is accepted "
        "only if none of its issues is not accepted."
    ),
    "rating-out-of-range": _("Choose a number from one to five."),
    "period-over": _("The published period for this has ended."),
    "closing-contract": _("The file cannot close yet; what is still missing stands above."),
    "decision-not-told": _("The complainant has not yet been told the decision."),
    "cause-missing": _(
        "An upheld issue has no cause yet, or nobody has said whether others are affected."
    ),
    "authority-unanswered": _("A letter from an authority has not been answered."),
    "remedy-owed": _("A promised remedy has not been carried out."),
    "notice-not-delivered": _("No notice naming the date of closing has been delivered."),
    "second-attempt-missing": _("Another way to reach the complainant is known but was not tried."),
    "silence-period-runs": _("The complainant still has time to answer the notice."),
    "routes-not-told": _("The complainant has not been told where else to go."),
    "internal-period-runs": _(
        "The complainant can still ask for a review inside the organisation."
    ),
    "standing-period-runs": _("The decision has not yet stood for the whole published period."),
}
