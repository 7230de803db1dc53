"""What is done with the certificates that sign and open mail, in the ledger."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("mail_certificate.given", _("A certificate for mail was given"))
class CertificateGiven:
    fingerprint: str


@event("mail_certificate.encrypting", _("Letters are encrypted where a certificate is known"))
class Encrypting:
    pass


@event("mail_certificate.not_encrypting", _("Letters are no longer encrypted"))
class NotEncrypting:
    pass


@event("mail_certificate.retired", _("A certificate for mail was retired and its key forgotten"))
class CertificateRetired:
    pass
