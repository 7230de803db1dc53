"""Which fields of persons are personal, whose, why they are needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("directory.Person.name", "complainant", "to address and recognise them", "case"),
    Personal("directory.Person.language", "complainant", "to answer in their language", "case"),
    Personal("directory.Person.needs", "complainant", "to make complaining easy for them", "case"),
    Personal(
        "directory.Person.needs_note", "complainant", "to make complaining easy for them", "case"
    ),
    Personal("directory.ContactPoint.value", "complainant", "to answer them", "case"),
    Personal("directory.ContactPoint.key", "complainant", "to find them again", "case"),
    Personal("directory.Mandate.scope", "representative", "to know what they may do", "case"),
    Personal("directory.Mandate.evidence", "representative", "to show that they may", "case"),
    Personal("directory.ContactPoint.person", "complainant", "to answer them", "case"),
    Personal("directory.Mandate.principal", "complainant", "to know whom they speak for", "case"),
    Personal(
        "directory.Mandate.representative", "representative", "to know who speaks for them", "case"
    ),
)
