"""Addresses of which there is one each, and exports."""

from collections.abc import Mapping
from typing import Any

from claims.api.v1 import changes, exports, index
from claims.api.v1.schema import answers, parameters
from claims.api.v1.schema.members import header, ref
from claims.api.v1.schema.operations import Operation, operation
from claims.exchange import exporting

_TEXT = {"type": "string"}
_PARTS = (
    "In the order of first publication. Fetch parts one after the other, each with the sequence on the last line of "
    "the part before as `after`. Of `editions` alone, any `until` serves as the next `after` as well."
)
_RECORD_HEAD = header("The newest sequence when the export was begun: go on with `changes` after it.", "58")
_ASK_AGAIN = header("Only when too many wait already: seconds after which to ask again.", "1")


def single_operation(name: str, options: Mapping[str, Any]) -> Operation | None:
    """The operation at the address of this name, whose view has these options; None when it is not described."""
    match name:
        case "index":
            answer = answers.index(list(index.NAMES))
            return operation("index", tag="about", summary="Where everything is", answer=answer, parameters=[])
        case "changes":
            return operation(
                "list_changes",
                tag="changes",
                summary="The whole record, the oldest first",
                description="Whoever follows it from 0 holds every edition of everything.",
                answer=ref("Changes"),
                parameters=parameters.query(changes.PARAMETERS),
                headers={"Retry-After": _ASK_AGAIN},
            )
        case "schema":
            summary, answer = "This description (OpenAPI 3.1)", {"type": "object"}
            return operation("schema", tag="about", summary=summary, answer=answer, parameters=[])
        case "docs":
            summary = "This description as a page"
            return operation("docs", tag="about", summary=summary, answer=_TEXT, parameters=[], media_type="text/html")
    return _export(options) if "form" in options else None


def _export(options: Mapping[str, Any]) -> Operation:
    kind, form, compressed = options["kind"], options["form"], options["compressed"]
    if form == exports.CLAIMREVIEW:
        what = "All findings as a schema.org DataFeed of ClaimReviews"
    else:
        what = f"All {kind.replace('-', ' ')}s as {form.upper()}"
    packed = ", compressed (gzip)" if compressed else ""
    media_type = "application/gzip" if compressed else exports.CONTENT_TYPES[form].partition(";")[0]
    return operation(
        f"export_{kind}s_{form}{'_gz' if compressed else ''}".replace("-", "_"),
        tag="exports",
        summary=f"{what}{packed}",
        description=_PARTS,
        answer={}
        if compressed or form == exporting.XLSX
        else {"type": "object"}
        if form == exports.CLAIMREVIEW
        else _TEXT,
        parameters=parameters.query(exports.PARAMETERS, words=parameters.EXPORT_WORDS),
        media_type=media_type,
        headers={"Record-Head": _RECORD_HEAD},
    )
