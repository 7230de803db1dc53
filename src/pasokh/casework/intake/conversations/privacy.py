"""What of conversations is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Heard.sealed", "complainant", "to answer them", "a day"),
    Personal("casework.Heard.who", "complainant", "to hold back floods", "thirty days"),
    Personal("casework.Conversation.sealed", "complainant", "to file what they say", "a day"),
    Personal("casework.Conversation.who", "complainant", "to go on where they were", "a day"),
    Personal("casework.Party.who", "complainant", "to tell them how it stands", "case"),
)
