"""Under which slug something is public now that once was public under another."""

from claims.domain.merging import successor
from claims.enums import Action
from claims.models import Edition


def present_slug(kind: str, slug: str) -> str | None:
    """The slug of the public object that has or had this one, or into which that was merged; None if there is none.

    One query; for a merged speaker one more for its last document, and one for each merger.
    """
    newest = Edition.objects.of(kind, slug).defer("document").first()
    if newest is None:
        return None
    newest = successor(newest) or newest
    return None if newest.action == Action.RETRACTED else newest.slug
