"""Page tokens: where the next page begins, signed together with the question, so that it fits no other question."""

import json

from django.core.signing import BadSignature, Signer

from claims.api.problems import invalid_parameters
from claims.api.v1alpha1.parameters import Search


def page_token(search: Search, position: int) -> str:
    """For the page that begins after `position`, the first sequence of the last claim shown."""
    return _signer(search).sign(str(position))


def position_of(search: Search) -> int | None:
    """Where the page begins after; None for the first page. Raises ProblemError for a token of another question."""
    if not search.page_token:
        return None
    try:
        return int(_signer(search).unsign(search.page_token))
    except BadSignature:
        detail = "Take it from nextPageToken, and leave all other parameters as they were in that request."
        raise invalid_parameters([("pageToken", detail)]) from None


def _signer(search: Search) -> Signer:
    return Signer(salt=f"claims:search {json.dumps(search.fixed)}")
