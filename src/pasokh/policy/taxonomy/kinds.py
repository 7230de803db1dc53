"""The lists an organisation keeps in its own words. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """Which list a term belongs to. What was complained of is never in the list of causes."""

    CATEGORY = "category"
    CAUSE = "cause"
    REMEDY = "remedy"
    CHANNEL = "channel"
    PRODUCT = "product"
