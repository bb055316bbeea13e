"""Imports from a web address, from a server that really answers: well, badly, slowly, or from elsewhere."""

import gzip
import json
import socket
import time
from collections.abc import Iterator
from io import StringIO
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from claims.domain import demo, record
from claims.exchange import exporting, fetching
from claims.models import Claim, ExternalReview, ImportRun
from tests.histories import emptied
from tests.names import Names
from tests.receivers import Receiver, Response, raw_server, receiver

pytestmark = pytest.mark.django_db
HTML = {"Content-Type": "text/html"}
REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "Це правда.",
    "author": {"@type": "Organization", "name": "Перевірка"},
    "reviewRating": {"alternateName": "Хибно"},
}
TOO_MUCH = gzip.compress(bytes(fetching.MOST_BYTES + 1))
ROW = {"text": "It is so.", "publisher": "P", "rating": "False"}


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Receiver]:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/16")]
    with receiver() as server:
        yield server


def _run(address: str, **options: object) -> str:
    out = StringIO()
    call_command("import_claims", address, stdout=out, **options)
    return out.getvalue()


def _page(review: object = REVIEW, head: str = "") -> str:
    text = json.dumps(review, ensure_ascii=False)
    return f'<!doctype html><html lang=uk>{head}<script type="application/ld+json">{text}</script><p>…</p></html>'


def _found() -> list[tuple[str, str, str]]:
    reviews = ExternalReview.objects.order_by("claim__pk")
    return [(review.claim.text, review.publisher, review.rating) for review in reviews]


def test_page_with_a_claim_review(server: Receiver) -> None:
    server.answers = [(200, {"Content-Type": "text/html; charset=utf-8"}, _page().encode())]

    text = _run(server.address("/check/1?a=b"))

    assert _found() == [("Це правда.", "Перевірка", "Хибно")]
    assert ExternalReview.objects.get().url == server.address("/check/1?a=b")
    assert (ImportRun.objects.get().name, text.splitlines()[0]) == (
        server.address("/check/1?a=b"),
        "Read as claimreview.",
    )


def test_feed(server: Receiver) -> None:
    feed = {"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW | {"url": "/1"}, REVIEW | {"url": "/2"}]}]}
    server.answers = [(200, {"Content-Type": "application/json"}, json.dumps(feed).encode())]

    text = _run(server.address("/feed"))

    assert text.splitlines()[0] == "Read as datafeed."
    assert sorted(ExternalReview.objects.values_list("url", flat=True)) == [server.address("/1"), server.address("/2")]


@pytest.mark.parametrize(
    ("form", "name", "headers", "packed"),
    [
        ("auto", "/claims.ndjson", {"Content-Type": "application/x-ndjson"}, False),
        ("auto", "/claims.ndjson.gz", {"Content-Type": "application/gzip"}, True),
        ("ndjson", "/claims", {"Content-Type": "text/plain; charset=iso-8859-1"}, True),
        ("auto", "/claims.ndjson", {"Content-Encoding": "gzip"}, True),
    ],
)
def test_lines_plain_and_packed(server: Receiver, form: str, name: str, headers: dict[str, str], packed: bool) -> None:
    lines = "".join(f"{json.dumps(ROW | {'text': text})}\n" for text in ("One.", "Two."))
    server.answers = [(200, headers, gzip.compress(lines.encode()) if packed else lines.encode())]

    text = _run(server.address(name), format=form)

    assert text.splitlines()[0] == "Read as ndjson."
    assert _found() == [("One.", "P", "False"), ("Two.", "P", "False")]


def test_table_is_known_by_its_name_in_spite_of_a_query(server: Receiver) -> None:
    server.answers = [(200, {}, b"text\tpublisher\nIt, then, is, so.\tP\n")]

    assert _run(server.address("/claims.tsv?version=1")).splitlines()[0] == "Read as tsv."


def test_editions_of_another_site(server: Receiver) -> None:
    demo.load()
    editions = b"".join(exporting.written("edition", "ndjson", exporting.read("edition", until=record.head())))
    head = record.head()
    emptied()
    server.answers = [(200, {}, gzip.compress(editions))]

    _run(server.address("/api/v1/exports/editions.ndjson.gz"))

    assert record.head() == head


@pytest.mark.parametrize(
    ("headers", "head", "encoding"),
    [
        ({"Content-Type": "text/html; charset=windows-1251"}, "", "windows-1251"),
        (HTML, "<meta charset=koi8-u>", "koi8-u"),
        ({"Content-Type": "text/html; charset=iso-8859-1"}, "<meta charset=iso-8859-1>", "utf-8"),
        ({"Content-Type": "text/html; charset=koi8-u"}, "<meta charset=windows-1251>", "koi8-u"),
        (HTML, "", "utf-16"),
    ],
    ids=["header", "page", "both lie", "header before page", "byte order mark"],
)
def test_page_in_another_encoding(server: Receiver, headers: dict[str, str], head: str, encoding: str) -> None:
    server.answers = [(200, headers, _page(head=head).replace("…", "").encode(encoding))]

    _run(server.address())

    assert _found() == [("Це правда.", "Перевірка", "Хибно")]
    assert ImportRun.objects.get().findings.count() == 0


def test_table_whose_encoding_both_server_and_mapping_name(server: Receiver, tmp_path: Path) -> None:
    server.answers = [(200, {"Content-Type": "text/csv; charset=windows-1251"}, "text\nЦе правда.\n".encode("cp1251"))]
    (tmp_path / "mapping.toml").write_text('encoding = "windows-1251"\n[fields]\ntext = "text"\n')

    _run(server.address(), mapping=tmp_path / "mapping.toml")

    assert Claim.objects.get().text == "Це правда."


def test_redirected_page_is_known_by_where_it_stands(server: Receiver) -> None:
    server.answers = [
        (301, {"Location": "/new/"}, b""),
        (302, {"Location": "page"}, b""),
        (200, HTML, _page().encode()),
    ]

    _run(server.address("/old"))

    assert [each.path for each in server.received] == ["/old", "/new/", "/new/page"]
    assert (ExternalReview.objects.get().url, ImportRun.objects.get().name) == (server.address("/new/page"),) * 2


def test_redirect_to_a_refused_address(server: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    Names({"a.example": ["127.0.0.1"], "metadata.example": ["169.254.169.254"]}).install(monkeypatch)
    server.answers = [(302, {"Location": "http://metadata.example/latest/"}, b"")]

    address = server.address("/x", host="a.example")
    assert _refusal(address).startswith(
        f"{address} could not be fetched. "
        "metadata.example leads to 169.254.169.254, which is not on the public internet."
    )
    assert _imported() == (0, 0)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((404, HTML, _page().encode()), "could not be fetched: it answered 404."),
        ((500, HTML, _page().encode()), "could not be fetched: it answered 500."),
        ((304, {}, b""), "could not be fetched: it answered 304."),
        ((302, {"Location": "/"}, b""), "could not be fetched. {} redirects more than 5 times."),
        ((302, {"Location": "ftp://x.example/"}, b""), "could not be fetched. A web address starts with http:// or"),
        ((200, {"Content-Encoding": "gzip"}, TOO_MUCH), "has more than 64 MB. Download it, and import the file."),
        ((200, {"Content-Length": "900"}, _page().encode()), "could not be fetched. 127.0.0.1 did not answer as HTTP"),
    ],
)
def test_answer_that_is_refused(server: Receiver, answer: Response, sentence: str) -> None:
    server.answers = [answer]

    address = server.address("/")
    assert _refusal(address).startswith(f"{address} {sentence.format(address)}")
    assert _imported() == (0, 0)


@pytest.mark.parametrize(
    ("form", "headers", "body", "sentence"),
    [
        ("auto", {"Content-Type": "application/pdf"}, b"%PDF-1.7\n", "It is a PDF document. A page, JSON, NDJSON"),
        ("claimreview", {"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n", "It is a picture."),
        ("csv", {"Content-Type": "text/csv"}, b"PK\x03\x04" + bytes(30), "It is a ZIP archive, or a spreadsheet"),
        ("csv", {"Content-Type": "text/csv"}, _page().encode(), "It is a web page, not a table."),
        ("auto", {"Content-Type": "application/json"}, b" \n", "It is empty."),
        ("auto", {"Content-Type": "application/gzip"}, b"\x1f\x8b\x08\x00", "The file is compressed and damaged"),
    ],
)
def test_content_that_is_refused(
    server: Receiver, form: str, headers: dict[str, str], body: bytes, sentence: str
) -> None:
    server.answers = [(200, headers, body)]

    with pytest.raises(CommandError) as caught:
        _run(server.address(), format=form)

    assert str(caught.value).startswith(sentence)
    assert Claim.objects.count() == 0


def test_page_without_a_claim_review_is_reported(server: Receiver) -> None:
    server.answers = [(200, HTML, b"<!doctype html><p>Sign in, please.")]

    text = _run(server.address())

    assert "  REFUSED There is nothing in it to import. (1 ×, first in row 1)" in text.splitlines()
    assert Claim.objects.count() == 0


def test_server_that_does_not_answer_in_time(server: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    server.delay = 1

    address = server.address()
    assert _refusal(address).startswith(f"{address} could not be fetched. 127.0.0.1 did not answer in time.")
    assert _imported() == (0, 0)


def test_lines_that_stop_coming(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before is whole lines, and is not imported either."""
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/16")]
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    line = json.dumps(ROW).encode() + b"\n"

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + line * 5)
        time.sleep(1)

    with raw_server(talk) as port:
        address = f"http://127.0.0.1:{port}/a.ndjson"
        refusal = _refusal(address)

    assert refusal.startswith(f"{address} could not be fetched. 127.0.0.1 did not answer in time.")
    assert _imported() == (0, 0)


def _refusal(address: str) -> str:
    """What is said of an address that nothing is imported from."""
    with pytest.raises(CommandError) as caught:
        _run(address)
    return str(caught.value)


def _imported() -> tuple[int, int]:
    """How many claims and runs there are."""
    return Claim.objects.count(), ImportRun.objects.count()
