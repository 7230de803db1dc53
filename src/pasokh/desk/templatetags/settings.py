"""The forms of set-up, for their template: `{% load settings %}`."""

from itertools import groupby
from typing import Any

from django import template
from django.forms import BaseForm, BoundField

register = template.Library()


@register.filter
def in_groups(form: BaseForm) -> list[tuple[Any, list[BoundField]]]:
    """Put the fields in sight that ask for one text in both languages under one heading."""
    by_heading = groupby(form.visible_fields(), lambda bound: getattr(bound.field, "group", ""))
    return [(heading, list(fields)) for heading, fields in by_heading]
