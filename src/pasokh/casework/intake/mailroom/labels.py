"""What becomes of mail, and why, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from pasokh.casework.intake.mailroom.terms import (
    NO_KEY,
    Disposition,
    Door,
    Security,
    Sender,
    Signature,
    SignIn,
    Way,
)

DISPOSITIONS: Mapping[str, Any] = {
    Disposition.HELD: _("Held for a person"),
    Disposition.FAILED: _("Could not be sorted"),
    Disposition.COMPLAINT: _("New complaint"),
    Disposition.ANSWER: _("Answer to a case"),
    Disposition.BOUNCE: _("Bounce"),
    Disposition.AUTOMATIC: _("Automatic reply"),
    Disposition.LOOP: _("Loop"),
    Disposition.SPAM: _("Spam"),
    Disposition.REFUSED: _("Refused"),
}

#: Why, by the reason that a rule gave or the code of a refusal.
REASONS: Mapping[str, Any] = {
    "new-address": _("Somebody wrote from an address that we did not know."),
    "known-address": _("Somebody wrote whose address stands in an earlier file."),
    "somebody-wrote": _("Somebody wrote. Whether we knew the address is not shown here."),
    "by-address": _("It was sent to the reply address of the case, by a party."),
    "by-thread": _("It answers a letter or mail of the case, and comes from a party."),
    "not-a-party": _("It belongs to the thread of a case, but its sender is not a party to it."),
    "no-sender": _("It names no sender to whom we could answer."),
    "nothing-said": _("It holds no words; look at what came with it."),
    "address-too-often": _("This address sent many mails within an hour."),
    "domain-too-often": _("Many mails came from this domain within an hour."),
    "our-own-letter": _("It is a letter of ours that came back to us."),
    "from-ourselves": _("It comes from one of our own mailboxes."),
    "marked-as-spam": _("The mail server marked it as spam."),
    "too-many-servers": _("It came through more servers than any mail should."),
    "letter-returned": _("A mail server tells that a letter of ours did not arrive."),
    "nothing-of-ours": _(
        "A mail server tells of a letter that did not arrive; it was none of ours."
    ),
    "delivery-report": _("A mail server tells that a letter arrived or is on its way."),
    "feedback-report": _("A mail provider tells that somebody called our letter unwanted."),
    "automatic-reply": _("A program answered by itself: an absence, or a confirmation."),
    "mailing-list": _("It was sent to many by a mailing list."),
    "beyond-limits": _("A part of it was too large or too deep to be read; open the original."),
    NO_KEY: _(
        "It is encrypted, and not to a certificate of yours. Give the certificate with its key in "
        "set-up, and it is read again by itself; or ask for the mail unencrypted."
    ),
    "encrypted-unknown": _(
        "It is encrypted in a way that is not known here. Open the original in a mail program, or "
        "ask for the mail unencrypted."
    ),
    "encrypted-broken": _(
        "It is encrypted and damaged, so it could not be opened. Ask for it anew."
    ),
    "encrypted-openpgp": _(
        "It is encrypted with OpenPGP, which is not read here. Ask for the mail unencrypted, or "
        "encrypted with S/MIME."
    ),
    "wrapping-broken": _(
        "What it says is wrapped in a digital signature that cannot be read. Open the original in "
        "a mail program, or ask for it anew."
    ),
    "sender-disowned": _(
        "The domain of the sender says that the mail is not from there. Ask the person another way."
    ),
    "sender-unverified": _(
        "It answers a case in the name of a party, but the sender could not be verified. Ask the "
        "person another way, or add it to the case if you know that it is theirs."
    ),
    "duplicate": _("The same mail was sorted before."),
    "too-large": _("It is larger than what is taken in; only its head was kept."),
    "tried-enough": _("Sorting it failed several times. Decide yourself, or have it read again."),
    "released": _("A colleague looked at it and released it."),
    "by-hand": _("A colleague looked at it and refused it."),
}

#: Whether the sender is who they say, by what was found; empty where nobody looks.
CHECKS: Mapping[str, Any] = {
    Sender.VERIFIED: _("Yes: the mail server found that it comes from the sender’s domain."),
    Sender.SIGNED: _("Yes: the mail bears a valid digital signature of the sender’s own."),
    Sender.UNVERIFIED: _("No: the mail server looked, and nothing proves that it is from there."),
    Sender.UNHEARD: _(
        "No: the mail server says nothing of it. If that is so of every mail, the name under which "
        "it checks senders is wrong in set-up."
    ),
    "": _("Nobody looked: in set-up no mail server is named that checks senders."),
}

#: What was found of a digital signature.
SIGNATURES: Mapping[str, Any] = {
    Signature.VALID: _(
        "The digital signature is valid: it is the sender’s, and nothing was changed."
    ),
    Signature.CHANGED: _(
        "The digital signature does not fit: the mail was changed after it was signed."
    ),
    Signature.EXPIRED: _(
        "The digital signature proves nothing: its certificate was not valid on the day on which "
        "the mail came in."
    ),
    Signature.UNTRUSTED: _(
        "The digital signature proves nothing: no certificate authority that you trust vouches for "
        "it."
    ),
    Signature.ANOTHER: _(
        "The digital signature is somebody else’s: its certificate does not name the sender’s "
        "address."
    ),
    Signature.STALE: _(
        "The digital signature was made more than a week before the mail came in. Somebody else "
        "may have sent on what was signed then, so it proves nothing of today."
    ),
    Signature.PARTIAL: _(
        "The digital signature covers only a part of the mail, so it proves nothing of the whole."
    ),
    Signature.WEAK: _(
        "The digital signature was made in a way that is not known here, or that proves nothing "
        "any more."
    ),
    Signature.UNJUDGED: _(
        "There is a digital signature, but what it proves cannot be told: no trusted certificate "
        "authorities are set."
    ),
    Signature.UNREADABLE: _("There is a digital signature, but it cannot be read."),
}

DOORS: Mapping[str, Any] = {
    Door.IMAP: _("Fetched from the mailbox"),
    Door.LMTP: _("Handed over by the mail server"),
    Door.PIPE: _("Handed over through a pipe"),
}
WAYS: Mapping[str, Any] = {
    Way.IMAP: _("Pasokh fetches it (IMAP)"),
    Way.HANDED: _("The mail server hands it over (LMTP, SMTP or a pipe)"),
}
SECURITIES: Mapping[str, Any] = {
    Security.TLS: _("TLS from the first byte"),
    Security.STARTTLS: _("STARTTLS"),
    Security.PLAIN: _("Not secured (this machine alone)"),
}
SIGN_INS: Mapping[str, Any] = {
    SignIn.PASSWORD: _("Password"),
    SignIn.TOKEN: _("OAuth token"),
    SignIn.RENEWED: _("OAuth token that Pasokh renews"),
}

#: Why no mail is fetched, by a code of ours; anything else are the words of the mail server.
TROUBLES: Mapping[str, Any] = {
    "token-grant-missing": _("Nothing was given yet by which a token could be renewed."),
    "token-grant-ended": _(
        "The provider no longer takes the refresh token. Sign in there anew and give the new one."
    ),
    "token-client-unknown": _("The provider does not know the client id, or its secret is wrong."),
    "token-scope-refused": _("The provider does not allow what is asked for (the scope)."),
    "token-refused": _("The provider gave no new token. Compare what was given with its pages."),
    "token-unanswered": _("The provider that renews the token does not answer; it is asked again."),
    "token-answer-strange": _("At the address that renews the token there is no such service."),
    "token-target-refused": _(
        "The address that renews the token is not public, so it is not spoken to."
    ),
    "server-takes-no-token": _(
        "The mail server takes no OAuth token (XOAUTH2). Write a password into its address."
    ),
    "secret-unreadable": _(
        "What opens it cannot be read with this installation’s key. Give it anew."
    ),
}
