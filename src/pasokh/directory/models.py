"""The tables of this app, each in the `models.py` of its context."""

from pasokh.directory.clients.models import Client as Client
from pasokh.directory.clients.models import ClientAnswer as ClientAnswer
from pasokh.directory.clients.models import ClientToken as ClientToken
from pasokh.directory.clients.models import ClientUse as ClientUse
from pasokh.directory.organisation.models import Absence as Absence
from pasokh.directory.organisation.models import Holiday as Holiday
from pasokh.directory.organisation.models import Organisation as Organisation
from pasokh.directory.organisation.models import RegimeBinding as RegimeBinding
from pasokh.directory.organisation.models import RoleAssignment as RoleAssignment
from pasokh.directory.organisation.models import SetupLink as SetupLink
from pasokh.directory.organisation.models import SpendingLimit as SpendingLimit
from pasokh.directory.organisation.models import Staff as Staff
from pasokh.directory.organisation.models import Unit as Unit
from pasokh.directory.organisation.models import User as User
from pasokh.directory.organisation.models import WorkingWeek as WorkingWeek
from pasokh.directory.people.models import ContactPoint as ContactPoint
from pasokh.directory.people.models import Mandate as Mandate
from pasokh.directory.people.models import Person as Person
