"""What is said of a person in codes. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class Need(StrEnum):
    """What somebody needs so that complaining is as easy for them (ISO 10002:2018, 4.5)."""

    LANGUAGE = "language"
    SIGHT = "sight"
    HEARING = "hearing"
    SPEECH = "speech"
    MOVEMENT = "movement"
    UNDERSTANDING = "understanding"
    READING = "reading"
    OFFLINE = "offline"
    OTHER = "other"
