"""Page tokens: where the next page begins, with a mark of the question, so that it fits no other question.

Nothing in them is secret or to be trusted: a position that somebody makes up begins a page like any other.
"""

import hashlib
import json
import re

from claims.api.problems import invalid_parameters
from claims.api.v1alpha1.parameters import Search

MARK = 9  # bytes
POSITION = re.compile(r"([0-9]{1,18})-")  # what a database's whole numbers hold


def page_token(search: Search, position: int) -> str:
    """For the page that begins after `position`, the first sequence of the last claim shown."""
    question = json.dumps([position, *search.fixed])
    return f"{position}-{hashlib.blake2b(question.encode(), digest_size=MARK).hexdigest()}"


def position_of(search: Search) -> int | None:
    """Where the page begins after; None for the first page. Raises ProblemError for a token of another question."""
    if not search.page_token:
        return None
    written = POSITION.match(search.page_token)
    if written and search.page_token == page_token(search, int(written[1])):
        return int(written[1])
    detail = "Take it from nextPageToken, and leave all other parameters as they were in that request."
    raise invalid_parameters([("pageToken", detail)])
