"""The days for which `?as_of=` asks, and what was public at their end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Edition

FORM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day in the site's time zone. It is over when nothing more can be published on it."""

    day: date

    @classmethod
    def parse(cls, text: str) -> "AsOf":
        """Raises ValueError when `text` is no day written `2019-02-09`."""
        try:
            if FORM.fullmatch(text):
                return cls(date.fromisoformat(text))
        except ValueError:
            pass
        raise ValueError(
            _("The day in this address cannot be read. Write it as year, month and day, such as 2019-02-09.")
        )

    @property
    def is_over(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def end(self) -> datetime:
        """The first moment of the following day. Only for a day that is over, so that there is one."""
        return timezone.make_aware(datetime.combine(self.day + timedelta(days=1), time.min))

    def in_force(self, editions: Iterable[Edition]) -> Edition | None:
        """The newest of `editions`, which come newest first, that was published by the end of the day."""
        return next((edition for edition in editions if edition.published_at < self.end), None)
