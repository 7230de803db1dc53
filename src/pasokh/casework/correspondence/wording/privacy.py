"""What of the texts of letters is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (Personal("casework.Wording.by", "staff", "to say who wrote a text", "accountability"),)
