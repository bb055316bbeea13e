"""Someone with the database in hand, and the triggers out of the way, changes what was published."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.db import connection, transaction

from claims.domain import projection, record, verifying
from claims.models import Edition, PublishedClaim, PublishedReference
from claims.models.guards import missing_guards, remove_guards
from tests import histories

pytestmark = pytest.mark.django_db

BAD = 5
DIGEST = "its digest does not match its content."
UNGUARDED = (
    "the database does not guard the record: trigger claims_edition_no_update is missing,"
    " or does something else than it should."
)
COLUMNS = "its columns do not match its document."
# SQLite stores anything in any column; PostgreSQL knows times that Python does not.
UNREADABLE = {
    "sqlite": [
        "published_at = '2019-x'",
        "uid = 'zz'",
        "document = CAST(X'ff' AS TEXT)",
        "published_at = '2019-02-30'",
        "note = X'41'",
    ],
    "postgresql": ["published_at = 'infinity'", "published_at = '20000-01-01'"],
}


@pytest.fixture
def tampering() -> Iterator[None]:
    """A record without its triggers; afterwards all is as if nobody had touched it."""
    histories.eventful()
    with transaction.atomic():
        remove_guards(connection)
        yield
        transaction.set_rollback(True)
    assert missing_guards(connection) == []
    assert verifying.verify() == Edition.objects.count()


def _change(edition: Edition, **fields: object) -> None:
    Edition.objects.filter(sequence=edition.sequence).update(**fields)


def _found() -> str:
    with pytest.raises(verifying.RecordBrokenError) as caught:
        verifying.verify()
    return str(caught.value)


def test_verify_a_whole_record() -> None:
    histories.eventful()

    assert verifying.verify() == Edition.objects.count() == record.head()


def test_verify_an_empty_record() -> None:
    assert verifying.verify() == 0


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("note", "x", DIGEST),
        ("author", "x", DIGEST),
        ("author_salt", "0" * 32, DIGEST),
        ("action", "corrected", DIGEST),
        ("number", 99, DIGEST),
        ("digest", "0" * 63 + "1", DIGEST),
        ("previous_digest", "0" * 63 + "1", "it does not continue the edition before it."),
        ("uid", UUID(int=1), DIGEST),
        ("kind", "claim", DIGEST),
        ("slug", "other", COLUMNS),
        ("document", "{}", DIGEST),
    ],
)
@pytest.mark.usefixtures("tampering")
def test_verify_after_a_column_was_changed(column: str, value: object, reason: str) -> None:
    edition = Edition.objects.get(sequence=BAD)
    assert getattr(edition, column) != value

    _change(edition, **{"note": "x", column: value} if column == "action" else {column: value})

    assert _found() == f"Sequence {BAD}: {reason}"


@pytest.mark.parametrize("sequence", [1, BAD, 0])
@pytest.mark.usefixtures("tampering")
def test_verify_after_each_kind_of_byte_of_a_document_was_changed(sequence: int) -> None:
    edition = Edition.objects.get(sequence=sequence or record.head())
    document = edition.document

    for at in range(0, len(document), len(document) // 10):
        other = "x" if document[at] != "x" else "y"
        _change(edition, document=document[:at] + other + document[at + 1 :])
        assert _found() == f"Sequence {edition.sequence}: {DIGEST}"


@pytest.mark.usefixtures("tampering")
def test_verify_after_the_time_was_changed() -> None:
    edition = Edition.objects.get(sequence=BAD)

    _change(edition, published_at=edition.published_at.replace(microsecond=edition.published_at.microsecond ^ 1))

    assert _found() == f"Sequence {BAD}: {DIGEST}"


@pytest.mark.usefixtures("tampering")
def test_verify_after_two_editions_were_changed() -> None:
    Edition.objects.filter(sequence__gte=BAD).update(note="x")

    assert _found() == f"Sequence {BAD}: {DIGEST}"


@pytest.mark.usefixtures("tampering")
def test_verify_after_an_edition_was_deleted() -> None:
    sequence = Edition.objects.filter(kind="claim", number=2).earliest().sequence

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_edition WHERE sequence = %s", [sequence])

    assert _found() == f"Sequence {sequence}: this edition is missing."


@pytest.mark.usefixtures("tampering")
def test_verify_after_the_last_edition_was_deleted() -> None:
    """The chain still ends whole, but the projection remembers."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_publishedreference WHERE referrer = %s", [record.head()])
        cursor.execute("DELETE FROM claims_edition WHERE sequence = %s", [record.head()])

    assert _found().endswith("the projection does not show what was published. Run rebuild_projection.")


@pytest.mark.parametrize("assignment", UNREADABLE[connection.vendor])
@pytest.mark.usefixtures("tampering")
def test_verify_after_a_column_was_made_unreadable(assignment: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE claims_edition SET {assignment} WHERE sequence = {BAD}")

    assert _found() == f"Sequence {BAD}: a column of it cannot be read."


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("{", "its document is not the JSON of a public document."),
        ("[]", "its document is not the JSON of a public document."),
        ("{}", "its document is not the JSON of a public document."),
        ('{"type":"claim","id":"1","slug":"a"}', COLUMNS),
        ("spaced", "its document is not canonical JSON."),
        ("renumbered", "it is edition 99 of its object, where 1 was due."),
    ],
)
@pytest.mark.usefixtures("tampering")
def test_verify_after_the_last_edition_was_changed_and_its_digest_made_anew(document: str, reason: str) -> None:
    edition = Edition.objects.filter(number=1).latest()
    Edition.objects.filter(sequence__gt=edition.sequence).delete()
    edition.number = 99 if document == "renumbered" else edition.number
    made_up = {"spaced": f"{edition.document} ", "renumbered": edition.document}
    edition.document = made_up.get(document, document)

    _change(edition, document=edition.document, number=edition.number, digest=record.digest_of(edition))

    assert _found() == f"Sequence {edition.sequence}: {reason}"


@pytest.mark.usefixtures("tampering")
def test_verify_after_an_author_was_replaced_and_the_old_digest_kept() -> None:
    edition = Edition.objects.get(sequence=BAD)

    _change(edition, author="somebody-else", author_digest=record.author_digest(edition))

    assert _found() == f"Sequence {BAD}: its author is not the one that its digest covers."


@pytest.mark.usefixtures("tampering")
def test_verify_when_an_author_is_kept_secret_as_a_mirror_does() -> None:
    edition = Edition.objects.get(sequence=BAD)

    _change(edition, author="", author_salt="", author_digest=record.author_digest(edition))

    # Nothing is wrong with it but what else the fixture did.
    assert _found() == f"Sequence {record.head()}: {UNGUARDED}"


@pytest.mark.usefixtures("tampering")
def test_verify_when_only_the_triggers_are_missing() -> None:
    assert _found() == f"Sequence {record.head()}: {UNGUARDED}"


PROJECTION = "the projection does not show what was published. Run rebuild_projection."


def _current(slug: str) -> int:
    return PublishedClaim.objects.get(slug=slug).edition_id


def test_verify_after_a_published_row_was_changed() -> None:
    histories.eventful()
    PublishedClaim.objects.filter(slug="related").update(rating_slug="true")

    assert _found() == f"Sequence {_current('related')}: {PROJECTION}"


def test_verify_after_a_published_row_was_deleted() -> None:
    histories.eventful()
    sequence = _current("related")
    PublishedClaim.objects.filter(slug="related").delete()

    assert _found() == f"Sequence {sequence}: {PROJECTION}"


def test_verify_after_a_row_was_added() -> None:
    histories.eventful()
    retraction = Edition.objects.latest()
    row = PublishedClaim.objects.earliest("first_sequence")
    row.first_sequence, row.edition_id = retraction.sequence - 1, retraction.sequence
    row.uid, row.slug = retraction.uid, retraction.slug
    row.save(force_insert=True)

    assert _found() == f"Sequence {retraction.sequence}: {PROJECTION}"


def test_verify_after_a_row_was_added_that_belongs_to_nothing() -> None:
    histories.eventful()
    row = PublishedClaim.objects.earliest("first_sequence")
    row.first_sequence, row.edition_id, row.uid, row.slug = 1000, 1, UUID(int=1), "made-up"
    row.save(force_insert=True)

    assert list(projection.differences()) == [1]


def test_verify_after_a_reference_was_changed_added_or_deleted() -> None:
    histories.eventful()
    whole = list(projection.differences())
    referrer = PublishedClaim.objects.get(slug="related").pk
    names = PublishedReference.objects.filter(referrer=referrer)
    tamperings: list[Callable[[], object]] = [
        lambda: names.filter(kind="speaker").update(slug="other"),
        lambda: names.filter(kind="topic").delete(),
        lambda: PublishedReference.objects.create(referrer=referrer, kind="topic", uid=UUID(int=1), slug="x"),
    ]
    found = []
    for tamper in tamperings:
        with transaction.atomic():
            tamper()
            found.append(set(projection.differences()))
            transaction.set_rollback(True)

    assert whole == []
    assert found == [{_current("related")}] * 3


INDEX = {
    "sqlite": {
        "a word more": "UPDATE claims_search SET claim = claim || ' forged' WHERE rowid = {first}",
        "a part emptied": "UPDATE claims_search SET names = '' WHERE rowid = {first}",
        "another edition": "UPDATE claims_search SET edition_id = 1 WHERE rowid = {first}",
        "deleted": "DELETE FROM claims_search WHERE rowid = {first}",
    },
    "postgresql": {
        "a word more": "UPDATE claims_search SET claims_search = claims_search || 'forged' WHERE rowid = {first}",
        "another place": "UPDATE claims_search SET claims_search = setweight(claims_search, 'D') WHERE rowid = {first}",
        "emptied": "UPDATE claims_search SET claims_search = '' WHERE rowid = {first}",
        "another edition": "UPDATE claims_search SET edition_id = 1 WHERE rowid = {first}",
        "deleted": "DELETE FROM claims_search WHERE rowid = {first}",
    },
}[connection.vendor]


@pytest.mark.parametrize("statement", INDEX.values(), ids=INDEX.keys())
def test_verify_after_the_index_of_words_was_changed(statement: str) -> None:
    histories.eventful()
    row = PublishedClaim.objects.get(slug="related")

    with connection.cursor() as cursor:
        cursor.execute(statement.format(first=row.first_sequence))

    assert _found() == f"Sequence {row.edition_id}: {PROJECTION}"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no index that can be changed by itself")
def test_verify_after_the_index_of_words_was_emptied_behind_its_rows() -> None:
    histories.eventful()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_search_data WHERE id > 10")

    assert _found() == f"Sequence {record.head()}: {PROJECTION}"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL stores days in a column of days")
@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("claims_publishedclaim", "external_reviewed_on", "1"),
        ("claims_publishedclaim", "claimed_from", "'2019-x'"),
        ("claims_publishedname", "alias", "7"),
    ],
)
def test_verify_after_what_is_read_as_nothing_was_put_into_a_column(table: str, column: str, value: str) -> None:
    histories.eventful()

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 1")
        cursor.execute(f"UPDATE {table} SET {column} = {value}")
        cursor.execute("PRAGMA ignore_check_constraints = 0")

    assert _found().endswith(PROJECTION)
