from collections.abc import Iterable

from django.http import StreamingHttpResponse
from django.urls import URLPattern, path
from rest_framework.request import Request

from claims.api.base import ApiView
from claims.api.parameters import read, whole_number
from claims.domain import record
from claims.exchange import exporting

PARAMETERS = {"after": whole_number(0, 2**63 - 1)}
CONTENT_TYPES = {"ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}


class Export(ApiView):
    """Everything of one kind in one answer, sent while it is read."""

    kind = ""
    form = ""
    compressed = False

    def get(self, request: Request) -> StreamingHttpResponse:
        given = read(request.query_params, PARAMETERS)
        # Read before the export is begun: whoever follows the changes from here misses none.
        head = record.head()
        parts = self._parts(given.get("after", 0), head) if request.method == "GET" else ()
        name = request.path.rpartition("/")[2]
        return StreamingHttpResponse(
            parts,
            content_type="application/gzip" if self.compressed else CONTENT_TYPES[self.form],
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Record-Head": str(head)},
        )

    def _parts(self, after: int, head: int) -> Iterable[bytes]:
        chunks = exporting.read(self.kind, after=after, until=head)
        parts = exporting.written(self.kind, self.form, chunks, header=not after)
        return exporting.gzipped(parts) if self.compressed else parts


def exports() -> list[URLPattern]:
    """`exports/claims.ndjson`, `exports/claims.ndjson.gz` and so on, for every kind in every form."""
    return [
        path(
            f"exports/{kind}s.{form}{end}",
            Export.as_view(kind=kind, form=form, compressed=bool(end)),
            name=f"{kind}-export-{form}{end}",
        )
        for kind in exporting.KINDS
        for form in exporting.FORMATS
        for end in ("", ".gz")
    ]
