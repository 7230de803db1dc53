"""Which fields of the organisation are personal, whose, why they are needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("directory.User.email", "staff", "to sign in", "employment"),
    Personal("directory.User.password", "staff", "to sign in", "employment"),
    Personal("directory.User.last_login", "staff", "to notice misuse", "employment"),
    Personal("directory.Staff.number", "staff", "to tell colleagues apart", "employment"),
    Personal("directory.Staff.name", "staff", "to say who acted", "accountability"),
    Personal("directory.Staff.post", "staff", "to say in which post they acted", "accountability"),
    Personal("directory.Staff.language", "staff", "to speak their language", "employment"),
    Personal("directory.Absence.from_at", "staff", "to give no files while away", "employment"),
    Personal("directory.Absence.until_at", "staff", "to give no files while away", "employment"),
    Personal("directory.Organisation.signatory_name", "staff", "to sign letters", "employment"),
    Personal("directory.Organisation.signatory_post", "staff", "to sign letters", "employment"),
    Personal("directory.Staff.user", "staff", "to sign in", "employment"),
    Personal("directory.Staff.line_manager", "staff", "to know to whom they report", "employment"),
    Personal("directory.RoleAssignment.staff", "staff", "to say who may do what", "accountability"),
    Personal("directory.RoleAssignment.by", "staff", "to say who gave the role", "accountability"),
    Personal("directory.Absence.staff", "staff", "to give no files while away", "employment"),
    Personal("directory.Absence.deputy", "staff", "to say who stands in", "employment"),
)
