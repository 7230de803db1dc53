"""Every operation of version 1, and the addresses that lead to them."""

from django.urls import URLResolver
from django.urls.resolvers import RegexPattern

from pasokh.api.v1 import acts, attached, complaints, hanging, inside, lists, proofs, uploads
from pasokh.api.v1.base import api

#: In the order in which the document shows them.
MODULES = (complaints, uploads, attached, hanging, inside, acts, proofs, lists)
ADDRESSES = URLResolver(RegexPattern(r"^"), api.urls[0])
