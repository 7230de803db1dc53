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
    "failed": _(
        "Something went wrong on our side. Nothing was half done. Send the same again with the "
        "same Idempotency-Key; if it happens again, tell whoever runs this installation."
    ),
    "busy": _("The service is being looked after. Nothing was done; send the same again shortly."),
}
