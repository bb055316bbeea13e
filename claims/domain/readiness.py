"""What must hold before an object can be published, beyond what the tables already demand of a draft."""

from claims.domain.errors import PublishingError
from claims.enums import ClaimKind
from claims.models import Claim, Publishable


def require_ready(item: Publishable) -> None:
    """Raises PublishingError with what is missing."""
    if isinstance(item, Claim) and item.kind == ClaimKind.FORECAST and not item.criterion.strip():
        raise PublishingError("A forecast needs its criterion before it is published: what will settle it?")
