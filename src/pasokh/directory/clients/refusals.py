"""Why something about a program or its token was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-client": _("There is no such program. Nothing was changed."),
    "client-retired": _(
        "This program is shut out. Nothing was changed; let it in again first if it is needed."
    ),
    "client-not-retired": _("This program is not shut out. Nothing was changed."),
    "grants-missing": _(
        "A program that may do nothing is none. Nothing was changed; choose what it may do."
    ),
    "grant-unknown": _("A program cannot be given this: %(right)s. Nothing was changed."),
    "rate-out-of-range": _(
        "A program may call from %(least)s to %(most)s times a minute. Nothing was changed."
    ),
    "no-such-token": _("This token is not in use. Nothing was changed."),
    "ends-in-the-past": _("The time has passed already. Nothing was changed; name a later one."),
    "overlap-too-long": _(
        "The old token may go on for %(days)s days at most. Nothing was changed; choose less."
    ),
    "token-does-not-open": _(
        "The token is missing, unknown, revoked or over. Nothing was done. Send a token that is in "
        "force in the header Authorization: Bearer …; whoever set the program up can give one."
    ),
    "client-secret-wrong": _(
        "This program and this secret do not belong together, or the secret is not in force."
    ),
    "too-many-tokens": _(
        "This program holds very many access tokens. Use one until it ends instead of asking for "
        "another with each call; try again in an hour."
    ),
    "too-many-calls": _(
        "This program called more than %(most)s times in a minute. Nothing was done. Go on in "
        "%(seconds)s seconds."
    ),
    "key-used-otherwise": _(
        "This Idempotency-Key was sent before with something else. Nothing was done. Take a new "
        "key for what is new, and the same key only to send the same again."
    ),
    "key-at-work": _(
        "What was sent with this Idempotency-Key is being done just now. Ask again in a moment, "
        "with the same key."
    ),
}
