"""The tables of this app, each in the `models.py` of its context."""

from pasokh.directory.organisation.models import User as User
