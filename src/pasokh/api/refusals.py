"""Why a call was refused before anything of the product was asked."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "address-unknown": _(
        "There is nothing at this address. The addresses stand in the document at "
        "/api/v1/openapi.json."
    ),
    "method-not-here": _(
        "%(method)s cannot be done at this address. Nothing was done; the header Allow says what "
        "can."
    ),
    "media-type-unknown": _(
        "Content of this kind is not read here. Nothing was done; send %(wanted)s and say so in "
        "the header Content-Type."
    ),
    "body-unreadable": _(
        "What was sent is not whole or not JSON in UTF-8. Nothing was done; check how it is "
        "written and send it again."
    ),
    "body-too-large": _(
        "What was sent is too large. Nothing was done; a text may have about a million letters, "
        "and files are sent one by one before."
    ),
    "values-not-taken": _(
        "Some values are missing or not as the document says. Nothing was done; each is named "
        "under “errors”."
    ),
    "version-missing": _(
        "Say which version of the file you saw: send its ETag in the header If-Match. Nothing was "
        "done."
    ),
    "key-unreadable": _(
        "The Idempotency-Key may have 1 to 255 visible signs. Nothing was done; take a UUID, for "
        "example."
    ),
    "id-unknown": _(
        "Something named in what was sent does not exist here. Nothing was done; each is named "
        "under “errors”."
    ),
    "no-such-upload": _(
        "A file that was named is not waiting here: it was used before, or a day is over. Nothing "
        "was done; send the file again and name its new id."
    ),
    "form-unreadable": _(
        "What was sent cannot be read as a form in UTF-8 with at most 200 fields. Nothing was "
        "done; check how it is written and send it again."
    ),
    "open311-address-unknown": _(
        "There is nothing at this address. /open311/discovery.json says where the interface "
        "begins; its addresses end in .json or .xml."
    ),
    "api-key-does-not-open": _(
        "The api_key is missing, unknown, revoked or over. Nothing was done; whoever set the "
        "program up can give one."
    ),
    "no-such-jurisdiction": _(
        "There is one jurisdiction here, %(known)s, and no other. Nothing was done; leave "
        "jurisdiction_id out."
    ),
    "no-such-service": _(
        "There is no such service now. Nothing was done; the list of services says what there is."
    ),
    "no-such-request": _(
        "This program filed no such request. Each program follows what it filed itself."
    ),
    "span-too-long": _(
        "A list holds %(days)s days at most, from start_date to end_date. Nothing was read; ask "
        "for less."
    ),
    "failed": _(
        "Something went wrong on our side. Nothing was half done. Send the same again with the "
        "same Idempotency-Key; if it happens again, tell whoever runs this installation."
    ),
    "busy": _("The service is being looked after. Nothing was done; send the same again shortly."),
}
