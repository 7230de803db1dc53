"""Why something about the certificates of mail was refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no-such-certificate": _("There is no such certificate, or it was retired. Look again."),
    "certificate-there": _("This certificate is here already; nothing was changed."),
    "certificate-unreadable": _(
        "The file could not be opened. Choose the file with the certificate and its key (.p12, "
        ".pfx or .pem) once more, and write its passphrase."
    ),
    "certificate-too-large": _(
        "The file is too large to be a certificate with its key. Choose the .p12, .pfx or .pem "
        "file that the certificate authority gave you."
    ),
    "certificate-without-key": _(
        "The file holds no certificate with the key that belongs to it. Export both together, as "
        "a .p12 file."
    ),
    "certificate-key-kind": _(
        "The key is not RSA of 2048 to 8192 bits, or the certificate does not let it be used to "
        "encrypt. Ask for a certificate for e-mail (S/MIME) with such a key."
    ),
    "certificate-not-for-mail": _(
        "The certificate is not for e-mail, or names no e-mail address. Ask for one for S/MIME "
        "with the address of the office’s mailbox."
    ),
    "certificate-ended": _("The certificate had ended before today, or is not valid yet."),
}
