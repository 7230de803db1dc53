"""Text that the organisation writes once for all readers: in both languages, in one field."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Bilingual:
    """A text in Persian and English; `str()` is the one in the active language."""

    fa: str
    en: str

    def in_(self, language: str | None) -> str:
        """Return the text in a language (`fa`, `en-gb` …), or the other where it is empty."""
        if (language or "").startswith("fa"):
            return self.fa or self.en
        return self.en or self.fa

    def __str__(self) -> str:
        return self.in_(get_language())


class BilingualField(models.JSONField):
    """A `Bilingual` on `jsonb`; both languages must be filled in unless the field is `blank`.

    `name__fa` and `name__en` can be used in filters and `values()`.
    """

    description = _("A text in Persian and English")
    default_error_messages = {
        "both": _("Fill in both languages: Persian and English."),
    }

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _read(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        return _read(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(_plain(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(_plain(value), connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        return _plain(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(_plain(value), model_instance)
        if value is None:
            return
        if not isinstance(value, Bilingual):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not self.blank and not (value.fa.strip() and value.en.strip()):
            raise ValidationError(self.error_messages["both"], code="both")


def read(stored: str | None) -> Bilingual | None:
    """Read a `Bilingual` as a statement of our own finds it in the database."""
    return Bilingual(**json.loads(stored)) if stored else None


def _read(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"fa", "en"}:
        return Bilingual(**value)
    return value


def _plain(value: Any) -> Any:
    return asdict(value) if isinstance(value, Bilingual) else value
