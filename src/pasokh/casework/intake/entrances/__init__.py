"""Entrances of the form: on the organisation's own pages, by a poster at a place, at a tablet."""
