"""What a check of the log can find, each with its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Finding:
    """Something wrong: what was done (`altered`, `removed`, `reordered`, `added`, or why a
    comparison failed), to what, and the facts by which it is found again."""

    code: str
    what: str
    facts: Mapping[str, str | int]

    @property
    def sentence(self) -> str:
        """The finding in words, in the reader's language."""
        return str(SENTENCES[self.code, self.what]) % self.facts

    def __str__(self) -> str:
        return self.sentence


def finding(code: str, what: str, **facts: str | int) -> Finding:
    return Finding(code, what, facts)


SENTENCES: dict[tuple[str, str], Any] = {
    ("altered", "entry"): _("Altered: entry %(number)s of %(subject)s."),
    ("altered", "columns"): _(
        "Altered: beside entry %(number)s of %(subject)s, the columns %(columns)s do not say what"
        " its bytes say."
    ),
    ("altered", "link"): _(
        "Altered: entry %(number)s of %(subject)s does not follow from the one before it."
    ),
    ("altered", "sealed"): _("Altered: the sealed texts of entry %(number)s of %(subject)s."),
    ("altered", "place"): _(
        "Altered: the entry with id %(entry)s, at place %(index)s of the log, is not the one that"
        " was sequenced there."
    ),
    ("altered", "node"): _("Altered: the tree's hash at level %(level)s, place %(index)s."),
    ("altered", "checkpoint"): _("Altered: the checkpoint at size %(size)s."),
    ("altered", "log"): _(
        "Altered: the log no longer fits its signed checkpoints, from size %(size)s on; up to"
        " size %(before)s it does."
    ),
    ("altered", "receipt"): _(
        "Altered: entry %(number)s of %(subject)s is not what the receipt says it was."
    ),
    ("removed", "entry"): _("Removed: from %(subject)s, entries %(start)s to %(stop)s."),
    ("removed", "place"): _("Removed: the entry at place %(index)s of the log."),
    ("removed", "end"): _(
        "Removed: the log ends before place %(start)s, and a signed checkpoint counts"
        " %(size)s entries."
    ),
    ("removed", "pending"): _(
        "Removed: the entry with id %(entry)s, which waited for its place in the log."
    ),
    ("removed", "receipt"): _(
        "Removed: entry %(number)s of %(subject)s, for which there is a receipt."
    ),
    ("reordered", "entry"): _(
        "Reordered: entry %(number)s of %(subject)s holds the bytes of the entry with id %(other)s."
    ),
    ("reordered", "place"): _(
        "Reordered: place %(index)s of the log holds the entry with id %(entry)s, which was"
        " sequenced elsewhere."
    ),
    ("added", "entry"): _(
        "Added: entry %(number)s of %(subject)s was never given to the sequencer."
    ),
    ("added", "pending"): _(
        "Added: entry %(number)s of %(subject)s has its place in the log and waits for another."
    ),
    ("added", "sealed"): _(
        "Added: texts lie beside entry %(number)s of %(subject)s, which sealed none."
    ),
    ("added", "end"): _(
        "Added: places %(start)s to %(stop)s of the log stand in no checkpoint; or the checkpoint"
        " was removed."
    ),
    ("added", "node"): _("Added: a hash of the tree at level %(level)s, place %(index)s."),
    ("foreign", "log"): _(
        "The log was signed by another key than this installation's (%(fingerprint)s); its"
        " signatures were not checked."
    ),
    ("unreadable", "file"): _("%(file)s is neither a checkpoint nor a receipt."),
    ("foreign", "file"): _("%(file)s was signed by the key of another log, or its text altered."),
    ("shorter", "log"): _(
        "Removed: the log has %(size)s entries and had %(before)s when the checkpoint was signed."
    ),
    ("rewritten", "log"): _(
        "Rewritten: the first %(before)s entries are not those that the checkpoint was signed for."
    ),
}
