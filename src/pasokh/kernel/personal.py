"""How a context says which of its fields are about a person: a plain tuple in its `privacy.py`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Personal:
    """One field that says something about a person.

    `field` is `app.Model.field`; `whose` it is (`complainant`, `representative`, `staff`,
    `third-party`); `why` it is needed; `keep` names the retention rule it follows.

    >>> PERSONAL = (Personal("directory.Person.name", "complainant", "to answer", "case"),)
    """

    field: str
    whose: str
    why: str
    keep: str
