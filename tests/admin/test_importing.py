import csv
import json
from collections.abc import Callable
from io import StringIO
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.admin import importing
from claims.models import Claim, Edition, ExternalReview, ImportRun
from tests import factories
from tests.receivers import Response, receiver

pytestmark = pytest.mark.django_db
ADD = "/admin/claims/importrun/add/"
LIST = "/admin/claims/importrun/"
REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "It is <b>so</b>.",
    "url": "https://c.example/1",
    "author": {"@type": "Organization", "name": "The Checkers"},
    "reviewRating": {"alternateName": "Falso"},
    "inLanguage": "pt",
}

EXPECTED = "A page, JSON, NDJSON, CSV or TSV was expected, plain or by gzip."
ONLY_THE_COMMAND = "which makes a mirror: only the command import_claims can."
EDITION = b'{"sequence":1,"previous_digest":"","author_digest":""}\n'


@pytest.fixture
def importer() -> Callable[..., Client]:
    def logged_in(*permissions: str) -> Client:
        user = factories.UserFactory.create(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client = Client()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def desk(importer: Callable[..., Client]) -> Client:
    return importer("view_importrun", "add_importrun", "add_claim", "publish_claim")


def _upload(client: Client, content: bytes = json.dumps(REVIEW).encode(), **fields: Any) -> Any:
    return client.post(ADD, {"file": SimpleUploadedFile("a.json", content), "form": "auto"} | fields)


def test_upload_is_tried_first_and_then_imported(desk: Client) -> None:
    tried = _upload(desk)
    report = desk.get(tried["Location"])
    rehearsal = ImportRun.objects.get()
    before = Claim.objects.count()
    imported = desk.post(reverse("admin:claims_importrun_import", args=[rehearsal.pk]))

    assert (rehearsal.is_rehearsal, rehearsal.claims_created, before) == (True, 1, 0)
    assert report.context["may_import"]
    assert Claim.objects.get().text == "It is so."
    run = ImportRun.objects.get(is_rehearsal=False)
    assert imported["Location"] == f"/admin/claims/importrun/{run.pk}/change/"
    assert (run.claims_created, Edition.objects.count()) == (1, 0)
    assert [finding.message for finding in run.findings.all()] == ["HTML was made plain text."]
    assert ImportRun.objects.get(pk=rehearsal.pk).content is None


def test_import_with_publication(desk: Client) -> None:
    _upload(desk, publish="on")
    desk.post(reverse("admin:claims_importrun_import", args=[ImportRun.objects.get().pk]))

    assert Edition.objects.filter(kind="claim").count() == 1


def test_import_twice_is_not_offered(desk: Client) -> None:
    _upload(desk)
    rehearsal = ImportRun.objects.get()
    path = reverse("admin:claims_importrun_import", args=[rehearsal.pk])
    desk.post(path)

    again = desk.post(path, follow=True)

    assert [str(message) for message in again.context["messages"]][-1].startswith("Its content is no longer kept.")
    assert (Claim.objects.count(), again.context["may_import"]) == (1, False)


def test_only_the_last_trial_keeps_its_content(desk: Client) -> None:
    for text in ("One.", "Two."):
        _upload(desk, json.dumps(REVIEW | {"claimReviewed": text}).encode())

    assert [run.content is None for run in ImportRun.objects.order_by("pk")] == [True, False]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"file": "", "address": ""}, ["Give a file or an address, one of the two."]),
        ({"address": "https://x.example/"}, ["Give a file or an address, one of the two."]),
        (
            {"mapping": "[fields"},
            ["The mapping is not TOML: Expected ']' at the end of a table declaration (at end of document)."],
        ),
        ({"form": "csv"}, ["Say which column is what by a mapping, or call the columns by the names of our fields: "]),
    ],
)
def test_what_cannot_be_tried_says_why(desk: Client, fields: dict[str, Any], errors: list[str]) -> None:
    page = _upload(desk, **fields)

    found = page.context["form"].non_field_errors()
    assert [error.startswith(start) for error, start in zip(found, errors, strict=True)] == [True]
    assert ImportRun.objects.count() == 0


def test_address_in_a_private_network_is_not_fetched(desk: Client) -> None:
    page = desk.post(ADD, {"address": "http://127.0.0.1:1/", "form": "auto"})

    assert page.context["form"].non_field_errors()[0].startswith("http://127.0.0.1:1/ could not be fetched.")


def test_address_is_fetched_once_and_imported_as_it_was_tried(desk: Client, settings: LazySettings) -> None:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/16")]
    review = json.dumps(REVIEW | {"url": "", "claimReviewed": "It is sø."}, ensure_ascii=False)
    page = f'<html><script type="application/ld+json">{review}</script>'.encode("iso-8859-15")
    with receiver() as server:
        server.answers = [
            (302, {"Location": "/there"}, b""),
            (200, {"Content-Type": "text/html; charset=iso-8859-15"}, page),
        ]
        tried = desk.post(ADD, {"address": server.address("/here"), "form": "auto"})
        fetched = len(server.received)
        desk.post(reverse("admin:claims_importrun_import", args=[ImportRun.objects.get().pk]))

    assert (tried.status_code, fetched, len(server.received)) == (302, 2, 2)
    assert Claim.objects.get().text == "It is sø."
    assert [run.name for run in ImportRun.objects.all()] == [server.address("/there")] * 2
    assert ExternalReview.objects.get().url == server.address("/there")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((404, {}, b""), "{} could not be fetched: it answered 404."),
        ((200, {}, bytes(importing.MOST_BYTES + 1)), "{} has more than 5 MB. Download it, and import the file."),
        (
            (200, {}, b"%PDF-1.4"),
            "It is a PDF document. A page, JSON, NDJSON, CSV or TSV was expected, plain or by gzip.",
        ),
        (
            (200, {}, EDITION),
            "This is an export of editions, which makes a mirror: only the command import_claims can.",
        ),
    ],
)
def test_answer_of_an_address_that_cannot_be_tried(
    desk: Client, settings: LazySettings, answer: Response, sentence: str
) -> None:
    settings.OUTGOING_PRIVATE_NETWORKS = [ip_network("127.0.0.0/16")]
    with receiver() as server:
        server.answers = [answer]
        page = desk.post(ADD, {"address": server.address(), "form": "auto"})

    assert page.context["form"].non_field_errors() == [sentence.format(server.address())]
    assert (ImportRun.objects.count(), Claim.objects.count()) == (0, 0)


def test_file_that_is_too_big(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_BYTES", 10)

    page = _upload(desk)

    assert list(page.context["form"].errors) == ["file"]


def test_report_is_paged_and_downloadable(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PER_PAGE", 2)
    hostile = "<script>alert(1)</script>\u202e" * 3
    _upload(desk, json.dumps([REVIEW | {"datePublished": hostile}] * 3).encode())
    run = ImportRun.objects.get()

    first, last = (desk.get(f"/admin/claims/importrun/{run.pk}/change/?page={page}") for page in (1, 99))
    download = b"".join(desk.get(reverse("admin:claims_importrun_findings", args=[run.pk])))

    rows = list(csv.DictReader(StringIO(download.decode())))
    assert (len(first.context["page"]), first.context["page"].paginator.count, last.context["page"].number) == (2, 6, 3)
    assert b"<script>alert" not in first.content
    assert [row["row"] for row in rows] == ["1", "1", "2", "2", "3", "3"]


@pytest.mark.parametrize(
    ("permissions", "page", "status"),
    [
        ((), LIST, 403),
        ((), ADD, 403),
        (("view_importrun",), LIST, 200),
        (("view_importrun",), ADD, 403),
        (("add_importrun",), ADD, 403),
        (("add_importrun", "add_claim"), ADD, 200),
    ],
)
def test_page_by_permission(importer: Callable[..., Client], permissions: list[str], page: str, status: int) -> None:
    assert importer(*permissions).get(page).status_code == status


@pytest.mark.parametrize("route", ["change", "findings", "import"])
def test_run_of_others_without_permission(importer: Callable[..., Client], desk: Client, route: str) -> None:
    _upload(desk)
    path = reverse(f"admin:claims_importrun_{route}", args=[ImportRun.objects.get().pk])
    client = importer()

    assert (client.post(path) if route == "import" else client.get(path)).status_code == 403
    assert Claim.objects.count() == 0


def test_publication_is_not_offered_without_permission(importer: Callable[..., Client], desk: Client) -> None:
    _upload(desk, publish="on")
    client = importer("view_importrun", "add_importrun", "add_claim")

    assert "publish" not in client.get(ADD).context["form"].fields
    path = reverse("admin:claims_importrun_import", args=[ImportRun.objects.get().pk])
    assert (client.post(path).status_code, Claim.objects.count()) == (403, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(desk: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(count):
        _upload(desk)

    with django_assert_num_queries(8):  # session, user, two of permissions, two counts, formats, the runs
        desk.get(LIST)
