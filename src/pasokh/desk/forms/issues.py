"""A form in which something is said of each issue."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.desk.acts import ActForm
from pasokh.kernel.dates import numerals


class IssuesForm(ActForm):
    """Something to be said of each issue: a group of fields for one."""

    def issues(self) -> list[Any]:
        """The issues that are still in this file."""
        return [issue for issue in self.page.issues if issue.moved_to is None]

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """Each issue's legend, its words and its bound fields."""
        return [
            (
                _("Issue %(number)s") % {"number": numerals(issue.number, get_language() or "en")},
                issue.text,
                [self[name] for name in self.fields if name.endswith(f"_{issue.number}")],
            )
            for issue in self.issues()
        ]

    def others(self) -> list[Any]:
        """The bound fields that belong to no issue and no remedy."""
        ours = {name for name in self.fields if name.rpartition("_")[2].isdigit()}
        return [field for field in self.visible_fields() if field.name not in ours]
