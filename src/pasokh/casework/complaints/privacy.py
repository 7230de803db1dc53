"""Which fields of a file are personal, whose, why they are needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Complaint.source_id", "complainant", "to file a message once", "case"),
    Personal("casework.Complaint.language", "complainant", "to answer in their language", "case"),
    Personal(
        "casework.Complaint.complainant", "complainant", "to know whose complaint it is", "case"
    ),
    Personal(
        "casework.Complaint.representative", "representative", "to know who speaks for them", "case"
    ),
    Personal("casework.Complaint.handler", "staff", "to say who handles it", "accountability"),
    Personal("casework.Complaint.narrative", "complainant", "to handle the complaint", "case"),
    Personal("casework.Complaint.remedy_wanted", "complainant", "to handle the complaint", "case"),
    Personal("casework.Complaint.product_model", "complainant", "to find the product", "case"),
    Personal("casework.Complaint.serial_number", "complainant", "to find the product", "case"),
    Personal("casework.Complaint.purchase_place", "complainant", "to find the purchase", "case"),
    Personal("casework.Complaint.guarantee", "complainant", "to know what they are owed", "case"),
    Personal("casework.Complaint.order_number", "complainant", "to find the purchase", "case"),
    Personal("casework.ComplainedAbout.staff", "staff", "to keep the file from them", "case"),
    Personal("casework.Issue.text", "complainant", "to answer each thing complained of", "case"),
    Personal("casework.Decision.reasons", "complainant", "to tell them why", "case"),
    Personal("casework.Decision.decided_by", "staff", "to say who decided", "accountability"),
    Personal("casework.Decision.handled_by", "staff", "to let another review it", "accountability"),
    Personal("casework.IssueFinding.reasons", "complainant", "to tell them why", "case"),
    Personal(
        "casework.Waiver.staff",
        "staff",
        "to say who acted though not independent",
        "accountability",
    ),
    Personal("casework.Waiver.reason", "staff", "to say why nobody else could", "accountability"),
    Personal("casework.Message.text", "complainant", "to show what was said", "case"),
    Personal("casework.Message.author", "staff", "to say who wrote it", "accountability"),
    Personal("casework.Note.text", "complainant", "to handle the complaint together", "case"),
    Personal("casework.Note.author", "staff", "to say who wrote it", "accountability"),
    Personal("casework.Contact.said", "complainant", "to show what was said", "case"),
    Personal("casework.Contact.promised", "complainant", "to keep what was promised", "case"),
    Personal("casework.Contact.by", "staff", "to say who spoke with them", "accountability"),
    Personal("casework.Attachment.digest", "complainant", "to find the file they gave", "case"),
    Personal("casework.Attachment.name", "complainant", "to show the file they gave", "case"),
    Personal("casework.Rating.comment", "complainant", "to learn how the handling was", "case"),
    Personal("casework.SearchText.words", "complainant", "to find the file again", "case"),
    Personal("casework.SearchText.reached", "complainant", "to find the file again", "case"),
    Personal("casework.Reading.actor", "staff", "to show who read a file", "accountability"),
)
