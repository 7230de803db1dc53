"""The tables of this app, each in the `models.py` of its context."""

from pasokh.casework.assessment.models import Assessment as Assessment
from pasokh.casework.assessment.models import SignificantNotice as SignificantNotice
from pasokh.casework.complaints.models import Attachment as Attachment
from pasokh.casework.complaints.models import ComplainedAbout as ComplainedAbout
from pasokh.casework.complaints.models import Complaint as Complaint
from pasokh.casework.complaints.models import Contact as Contact
from pasokh.casework.complaints.models import Decision as Decision
from pasokh.casework.complaints.models import Issue as Issue
from pasokh.casework.complaints.models import IssueFinding as IssueFinding
from pasokh.casework.complaints.models import Link as Link
from pasokh.casework.complaints.models import Message as Message
from pasokh.casework.complaints.models import Note as Note
from pasokh.casework.complaints.models import Rating as Rating
from pasokh.casework.complaints.models import Waiver as Waiver
from pasokh.casework.correspondence.models import Letter as Letter
from pasokh.casework.correspondence.models import Telling as Telling
from pasokh.casework.deadlines.models import Clock as Clock
from pasokh.casework.deadlines.models import Extension as Extension
from pasokh.casework.deadlines.models import Hold as Hold
from pasokh.casework.disputes.models import Referral as Referral
from pasokh.casework.intake.models import AccessCode as AccessCode
from pasokh.casework.investigation.models import Evidence as Evidence
from pasokh.casework.investigation.models import Investigation as Investigation
from pasokh.casework.remedies.models import Remedy as Remedy
