"""What of letters is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Letter.text", "complainant", "to show what was told", "case"),
    Personal("casework.Letter.facts", "complainant", "to tell it in their words", "case"),
    Personal("casework.Letter.failure", "complainant", "to say why it did not arrive", "case"),
    Personal("casework.Sending.mailbox", "complainant", "to find what came back", "case"),
    Personal("casework.Sending.domain", "complainant", "to flood no mail server", "case"),
    Personal("casework.Telling.proof", "complainant", "to prove that they were told", "case"),
    Personal("casework.Letter.address", "third-party", "to send a copy there", "case"),
    Personal("casework.Letter.to", "complainant", "to send it where they are", "case"),
    Personal("casework.Letter.language", "complainant", "to answer in their language", "case"),
    Personal("casework.Letter.writer", "staff", "to let somebody else approve", "accountability"),
    Personal("casework.Telling.by", "staff", "to say who told them", "accountability"),
)
