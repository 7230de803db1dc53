"""Mails as people's programs write them."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

FROM = "Maryam Ahmadi <maryam@example.org>"
WORDS = "یخچالی که خریدم از روز اول خراب بود."


def mail(
    *,
    to: str = "tehran@khaneh.example",
    sender: str = FROM,
    subject: str = "یخچال خراب",
    words: str = WORDS,
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """One mail in bytes; further headers by their names, `In_Reply_To` and the like."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = "Mon, 04 May 2026 09:20:00 +0330"
    made["Message-ID"] = headers.pop("Message_ID", make_msgid(domain="example.org"))
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    for name, content in files:
        made.add_attachment(content, maintype="image", subtype="png", filename=name)
    return made.as_bytes()
