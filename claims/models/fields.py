"""Model fields for text from outside: validated, bounded, never NULL unless a column says so."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxLengthValidator
from django.db import models

from claims.validators import validate_address, validate_partial_date, validate_text

if TYPE_CHECKING:  # Django's fields are generic for the type checker only
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
else:
    CharField, TextField = models.CharField, models.TextField


class LineField(CharField):
    """One line of text."""

    default_validators = [validate_text]


class ProseField(TextField):
    """Text of several lines. `max_length` is checked on models too, not only in forms."""

    default_validators = [validate_text]

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        kwargs["max_length"] = max_length
        super().__init__(*args, **kwargs)

    @property
    def validators(self) -> list[Any]:
        return [*super().validators, MaxLengthValidator(self.max_length or 0)]


class PartialDateField(CharField):
    """EDTF level 0 text: 2019-02-09, 2019-02 or 2019; "" when unknown."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 10, "blank": True, "default": "", **kwargs})


class AddressField(CharField):
    """An http(s) address; "" when there is none."""

    default_validators = [validate_address]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 2000, "blank": True, "default": "", **kwargs})
