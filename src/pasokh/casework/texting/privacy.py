"""What of texts is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Text.number", "complainant", "to send it where they are", "case"),
    Personal("casework.Text.words", "complainant", "to show what was told", "case"),
    Personal("casework.Text.failure", "complainant", "to say why it did not arrive", "case"),
    Personal("casework.Text.to", "complainant", "to know whose number it is", "case"),
    Personal("casework.Text.language", "complainant", "to write in their language", "case"),
)
