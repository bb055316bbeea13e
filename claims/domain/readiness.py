"""What must hold before an object can be published, beyond what the tables already demand of a draft."""

from claims.domain.errors import PublishingError
from claims.domain.record import Document
from claims.enums import ClaimKind, RecordKind
from claims.visible import is_blank


def require_ready(draft: Document) -> None:
    """Raises PublishingError with what is missing in a draft document."""
    is_forecast = draft["type"] == RecordKind.CLAIM and draft["kind"] == ClaimKind.FORECAST
    if is_forecast and is_blank(draft["forecast"]["criterion"]):
        raise PublishingError("A forecast needs its criterion before it is published: what will settle it?")
