"""The demonstration: an invented organisation, and a year of complaints made by the real verbs."""
