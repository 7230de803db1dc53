"""Words and bounds of certificates. Pure."""

#: What keys are sealed for.
USE = "mail-certificate"
#: Bytes of a file with a certificate and its key, and certificates that come along.
LARGEST, MOST = 200_000, 10
