"""The tables of this app, each in the `models.py` of its context."""
