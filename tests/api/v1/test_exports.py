import csv
import gzip
import json
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing, record
from claims.exchange import exporting, spreadsheet
from claims.models import Edition
from tests import factories
from tests.api.v1.conftest import Ask, publish
from tests.histories import eventful

pytestmark = pytest.mark.django_db
EXPORTS = [f"/api/v1/exports/{kind}s.{form}" for kind in exporting.KINDS for form in ("ndjson", "csv")]
SPREADSHEETS = [f"/api/v1/exports/{kind}s.xlsx" for kind in exporting.KINDS]


def _body(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue()


@pytest.mark.parametrize("name", ["claims", "speakers", "sources", "topics", "rating-scales", "pages"])
def test_lines_are_the_resources_of_the_api(client: Client, ask: Ask, name: str) -> None:
    eventful()
    listed = ask(f"/{name}/")["results"]

    lines = _body(client, f"/api/v1/exports/{name}.ndjson").decode().splitlines()

    assert [json.loads(line) for line in lines] == listed[::-1]
    for line in lines:
        single = client.get(f"/api/v1/{name}/{json.loads(line)['slug']}/")
        assert line == single.content.decode()


def test_editions_are_the_changes_byte_for_byte(client: Client) -> None:
    eventful()
    changes = client.get("/api/v1/changes/?limit=1000").content

    export = _body(client, "/api/v1/exports/editions.ndjson")

    assert b",".join(export.splitlines()) == changes.partition(b'"results":[')[2].removesuffix(b"]}")


def test_csv_of_claims(client: Client, so: Edition) -> None:
    rows = list(csv.DictReader(StringIO(_body(client, "/api/v1/exports/claims.csv").decode())))

    [row] = rows
    assert (row["slug"], row["text"], row["sequence"]) == ("so", "It is so.", str(so.sequence))
    assert (row["rating"], row["action"], row["digest"]) == ("", "published", so.digest)


@pytest.mark.parametrize("path", EXPORTS)
def test_compressed_holds_the_same(client: Client, path: str) -> None:
    eventful()

    assert gzip.decompress(_body(client, f"{path}.gz")) == _body(client, path)


@pytest.mark.parametrize("path", EXPORTS)
def test_resumed_parts_make_the_whole(client: Client, path: str) -> None:
    """Also in CSV, whose first line is not repeated."""
    eventful()
    whole = _body(client, path)
    rows = _rows(client, path)
    sequence = rows[len(rows) // 2]["sequence"] if "csv" in path else _sequence(rows[len(rows) // 2])

    rest = _body(client, f"{path}?after={sequence}")

    assert whole.endswith(rest)
    assert len(_rows(client, path)) > len(rest.splitlines()) or rest == b""


def _rows(client: Client, path: str) -> list[Any]:
    text = _body(client, path).decode()
    if path.endswith("csv"):
        return list(csv.DictReader(StringIO(text)))
    return [json.loads(line) for line in text.splitlines()]


def _sequence(line: dict[str, Any]) -> int:
    sequence: int = line["sequence"] if "sequence" in line else line["edition"]["sequence"]
    return sequence


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("claims.ndjson", "application/x-ndjson"),
        ("claims.csv", "text/csv; charset=utf-8"),
        ("claims.csv.gz", "application/gzip"),
        ("editions.ndjson.gz", "application/gzip"),
    ],
)
def test_headers(client: Client, so: Edition, name: str, content_type: str) -> None:
    response = client.get(f"/api/v1/exports/{name}")

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Record-Head"] == str(so.sequence)


@pytest.mark.parametrize("path", [*EXPORTS, f"{EXPORTS[0]}.gz", *SPREADSHEETS, "/api/v1/exports/claimreviews.json"])
def test_head_has_the_headers_and_no_body(client: Client, so: Edition, path: str) -> None:
    full, head = client.get(path), client.head(path)

    assert isinstance(head, StreamingHttpResponse)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert dict(head.headers) == dict(full.headers)


def test_tag_validates_until_something_is_published(client: Client, so: Edition) -> None:
    tag = client.get(EXPORTS[0])["ETag"]

    same = client.get(EXPORTS[0], headers={"if-none-match": tag})
    publish(factories.ClaimFactory.create())
    other = client.get(EXPORTS[0], headers={"if-none-match": tag})

    assert (same.status_code, other.status_code) == (304, 200)


@pytest.mark.parametrize("after", ["", "-1", "x", "1.0", "%00", str(2**63), "9" * 5000])
def test_bad_after(refused: Ask, after: str) -> None:
    assert refused(f"/exports/claims.csv?after={after}") == {"after": f"Write a whole number from 0 to {2**63 - 1}."}


def test_unknown_parameter(refused: Ask) -> None:
    assert refused("/exports/claims.csv?rating=true") == {
        "rating": "There is no such parameter here. Use: after, until."
    }


@pytest.mark.parametrize(
    "name", ["", "claims", "claims.xml", "drafts.csv", "claims.csv/", "claims.ndjson.gz.gz", "claim.csv"]
)
def test_export_that_there_is_not(client: Client, name: str) -> None:
    response = client.get(f"/api/v1/exports/{name}")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods(client: Client, method: str) -> None:
    response = getattr(client, method)(EXPORTS[0])

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_what_is_not_public_is_in_no_export(client: Client) -> None:
    claim = factories.full_claim(internal_note="marked")
    publishing.publish(claim, by="marked-author")
    changed = factories.ClaimFactory.create(text="marked")
    claim.text = "marked"
    claim.save()

    bodies = [_body(client, path) for path in EXPORTS]

    assert [body for body in bodies if b"marked" in body or changed.slug.encode() in body] == []


@pytest.mark.parametrize("count", [1, 3])
def test_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    publishing.publish_all(factories.TopicFactory.create_batch(count), by="ed")

    with django_assert_num_queries(4):  # the head for the tag, the head, the topics, that there are no more
        lines = _body(client, "/api/v1/exports/topics.ndjson").splitlines()

    assert (len(lines), record.head()) == (count, count)


@pytest.mark.parametrize("path", SPREADSHEETS)
def test_spreadsheet_holds_what_csv_does(client: Client, path: str) -> None:
    eventful()
    lines = list(csv.reader(StringIO(_body(client, path.replace(".xlsx", ".csv")).decode())))

    [sheet] = openpyxl.load_workbook(BytesIO(_body(client, path))).worksheets

    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == lines


def test_spreadsheet_that_would_be_too_long(client: Client, refused: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1)
    first, _ = [publish(factories.ClaimFactory.create()) for _ in range(2)]

    text = "There are 2 rows, and a spreadsheet takes 1. Ask for parts with after and until, or for CSV or NDJSON."
    assert refused("/exports/claims.xlsx") == {"until": text}
    assert len(_body(client, f"/api/v1/exports/claims.xlsx?until={first.sequence}")) > 0


def test_range_of_editions_gives_the_same_bytes_for_ever(client: Client) -> None:
    eventful()
    whole = _body(client, "/api/v1/exports/editions.ndjson").splitlines(keepends=True)
    path = "/api/v1/exports/editions.ndjson?after=2&until=5"
    before = _body(client, path)

    publish(factories.ClaimFactory.create())

    assert _body(client, path) == before == b"".join(whole[2:5])


def test_claimreview_feed_has_each_conclusive_finding(client: Client) -> None:
    judged, unjudged = factories.full_claim(slug="judged"), factories.ClaimFactory.create(slug="unjudged")
    inconclusive = factories.VerdictFactory.create(rating=factories.rating("unproven")).claim
    publishing.publish_all([judged, unjudged, inconclusive], by="ed")

    feed = json.loads(_body(client, "/api/v1/exports/claimreviews.json"))

    [element] = feed["dataFeedElement"]
    [review] = element["item"]
    assert (feed["@type"], element["@type"], review["@type"]) == ("DataFeed", "DataFeedItem", "ClaimReview")
    assert review["url"] == element["url"] == "http://testserver/claims/judged/"
    assert review["claimReviewed"] == judged.text


def test_claimreview_feed_of_nothing(client: Client) -> None:
    assert json.loads(_body(client, "/api/v1/exports/claimreviews.json"))["dataFeedElement"] == []
