from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from rest_framework.request import Request

from claims.api.base import ApiView
from claims.api.parameters import read, whole_number
from claims.api.problems import invalid_parameters
from claims.domain import record
from claims.enums import RecordKind
from claims.exchange import claimreview_feed, exporting, spreadsheet
from claims.exchange.claimreview import Site
from claims.web.public_address import public_address

PARAMETERS = {"after": whole_number(0, 2**63 - 1), "until": whole_number(1, 2**63 - 1)}
CLAIMREVIEW = "claimreview"
CONTENT_TYPES = {
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    exporting.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CLAIMREVIEW: "application/ld+json",
}
UNCOMPRESSED = {exporting.XLSX}  # it is compressed in itself


class Export(ApiView):
    """Everything of one kind in one answer, sent while it is read."""

    kind = ""
    form = ""
    compressed = False

    def get(self, request: Request) -> StreamingHttpResponse:
        given = read(request.query_params, PARAMETERS)
        # Read before the export is begun: whoever follows the changes from here misses none.
        head = record.head()
        after, until = given.get("after", 0), min(given.get("until", head), head)
        if self.form == exporting.XLSX:
            self._require_rows(after, until)
        parts = self._parts(request, after, until) if request.method == "GET" else ()
        name = request.path.rpartition("/")[2]
        return StreamingHttpResponse(
            parts,
            content_type="application/gzip" if self.compressed else CONTENT_TYPES[self.form],
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Record-Head": str(head)},
        )

    def _parts(self, request: HttpRequest, after: int, until: int) -> Iterable[bytes]:
        chunks = _begun(exporting.read(self.kind, after=after, until=until))
        if self.form == CLAIMREVIEW:
            site = Site(name=settings.SITE_NAME, address=public_address(request, reverse("web:home")))
            parts = claimreview_feed.feed(
                chunks, site=site, address=lambda slug: public_address(request, reverse("web:claim", args=[slug]))
            )
        else:
            parts = exporting.written(self.kind, self.form, chunks, header=not after)
        return exporting.gzipped(parts) if self.compressed else parts

    def _require_rows(self, after: int, until: int) -> None:
        rows = exporting.count(self.kind, after=after, until=until)
        if rows > spreadsheet.MOST_ROWS:
            detail = (
                f"There are {rows:,} rows, and a spreadsheet takes {spreadsheet.MOST_ROWS:,}. "
                "Ask for parts with after and until, or for CSV or NDJSON."
            )
            raise invalid_parameters([("until", detail)])


def _begun(chunks: Iterator[list[str]]) -> Iterable[list[str]]:
    """With the first read already: what fails there is answered as an error, which it cannot be once bytes are sent."""
    return chain(list(islice(chunks, 1)), chunks)


def exports() -> list[URLPattern]:
    """`exports/claims.ndjson`, `exports/claims.ndjson.gz` and so on, for every kind in every form."""
    names = [(f"{kind}s.{form}", kind, form) for kind in exporting.KINDS for form in exporting.FORMATS]
    names.append(("claimreviews.json", RecordKind.CLAIM.value, CLAIMREVIEW))
    return [
        path(
            f"exports/{name}{end}",
            Export.as_view(kind=kind, form=form, compressed=bool(end)),
            name=f"{kind}-export-{form}{end}",
        )
        for name, kind, form in names
        for end in ("", ".gz")
        if not (end and form in UNCOMPRESSED)
    ]
