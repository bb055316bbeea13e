"""What the database itself refuses, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from claims.domain import verifying
from claims.models import Edition
from claims.models.guards import guards, install_guards, missing_guards, remove_guards
from tests import histories

pytestmark = pytest.mark.django_db

COLUMNS = "sequence, kind, uid, slug, number, action, note, document, digest, previous_digest, author, author_salt"
LAST = "(SELECT MAX(sequence) FROM claims_edition)"
NEXT = "(SELECT MAX(sequence) + 1 FROM claims_edition)"
FIRST_DIGEST = "(SELECT digest FROM claims_edition WHERE sequence = 1)"


def _insert(
    *,
    sequence: str = NEXT,
    number: str = "number + 1",
    digest: str = "'" + "f" * 64 + "'",
    previous: str = "digest",
    conflict: str = "",
) -> str:
    """Insert the last edition again, as one that continues the chain but for what the arguments say."""
    return f"""INSERT {conflict} INTO claims_edition ({COLUMNS}, published_at)
        SELECT {sequence}, kind, uid, slug, {number}, action, note, document, {digest}, {previous}, author,
        author_salt, published_at FROM claims_edition WHERE sequence = {LAST}"""


def _execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


REFUSED = {
    "update": "UPDATE claims_edition SET note = 'x'",
    "update of one byte": "UPDATE claims_edition SET document = replace(document, 'a', 'b') WHERE sequence = 1",
    "delete": "DELETE FROM claims_edition",
    "delete of the last": f"DELETE FROM claims_edition WHERE sequence = {LAST}",
    "sequence skipped": _insert(sequence=f"1 + {NEXT}"),
    "sequence taken": _insert(sequence="1"),
    "sequence before the first": _insert(sequence="0"),
    "chain broken": _insert(previous="'" + "e" * 64 + "'"),
    "chain forked": _insert(previous="previous_digest"),
}
REFUSED_BY = {
    "sqlite": {
        "replace the first": _insert(sequence="1", conflict="OR REPLACE"),
        "replace the last": _insert(sequence=LAST, conflict="OR REPLACE"),
        "replace by digest": _insert(digest=FIRST_DIGEST, conflict="OR REPLACE"),
        "replace by number": _insert(number="number", conflict="OR REPLACE"),
        "ignore": _insert(sequence="1", conflict="OR IGNORE"),
        "update or replace": "UPDATE OR REPLACE claims_edition SET sequence = 1",
        "upsert": _insert(digest=FIRST_DIGEST) + " ON CONFLICT (digest) DO UPDATE SET note = 'x'",
    },
    "postgresql": {
        "truncate": "TRUNCATE claims_edition CASCADE",
        "upsert": _insert(digest=FIRST_DIGEST) + " ON CONFLICT (digest) DO UPDATE SET note = 'x'",
        "merge": "MERGE INTO claims_edition e USING (SELECT 1 AS one) o ON e.sequence = o.one WHEN MATCHED THEN DELETE",
    },
}
SWITCH_OFF = {
    "sqlite": "DROP TRIGGER claims_edition_no_update",
    "postgresql": "ALTER TABLE claims_edition DISABLE TRIGGER claims_edition_no_update",
}
CASES = REFUSED | REFUSED_BY[connection.vendor]


@pytest.mark.parametrize("sql", CASES.values(), ids=CASES.keys())
def test_database_refuses(sql: str) -> None:
    histories.eventful()
    connection.check_constraints()  # PostgreSQL truncates no table with deferred checks, triggers or not
    before = list(Edition.objects.values())

    with pytest.raises(DatabaseError, match="the record is append-only"):
        _execute(sql)

    assert list(Edition.objects.values()) == before


def test_database_takes_what_continues_the_chain() -> None:
    histories.eventful()
    before = Edition.objects.count()

    _execute(_insert())

    assert Edition.objects.count() == before + 1


def test_missing_guards_when_one_is_switched_off() -> None:
    _execute(SWITCH_OFF[connection.vendor])

    assert missing_guards(connection) == ["claims_edition_no_update"]


def test_guards_removed_and_installed_again() -> None:
    histories.eventful()

    remove_guards(connection)
    missing = missing_guards(connection)
    install_guards(connection)

    assert (missing, missing_guards(connection)) == (list(guards(connection)), [])
    assert verifying.verify() == Edition.objects.count()
    with pytest.raises(DatabaseError, match="the record is append-only"):
        _execute("DELETE FROM claims_edition")


def test_guards_removed_in_a_transaction_that_is_rolled_back() -> None:
    with transaction.atomic():
        remove_guards(connection)
        transaction.set_rollback(True)

    assert missing_guards(connection) == []


NO_OP = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
NO_OPS = {
    "sqlite": [
        "DROP TRIGGER claims_edition_no_update",
        "CREATE TRIGGER claims_edition_no_update BEFORE UPDATE ON claims_edition WHEN 0 BEGIN SELECT 1; END",
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION claims_edition_refuse() {NO_OP}",
    ],
}
# Guards that the tampering of the engine touches.
TOUCHED = {
    "sqlite": ["claims_edition_no_update"],
    "postgresql": ["claims_edition_no_update", "claims_edition_no_delete", "claims_edition_no_truncate"],
}


@pytest.fixture
def no_ops() -> None:
    histories.eventful()
    for statement in NO_OPS[connection.vendor]:
        _execute(statement)


@pytest.mark.usefixtures("no_ops")
def test_missing_guards_when_one_does_nothing() -> None:
    assert missing_guards(connection) == TOUCHED[connection.vendor]
    with pytest.raises(verifying.RecordBrokenError, match="trigger claims_edition_no_update is missing, or does"):
        verifying.verify()


@pytest.mark.usefixtures("no_ops")
def test_guards_installed_over_one_that_does_nothing() -> None:
    install_guards(connection)

    assert missing_guards(connection) == []
    with pytest.raises(DatabaseError, match="the record is append-only"):
        _execute("UPDATE claims_edition SET note = 'x'")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="only there a trigger can name another function")
def test_missing_guards_when_one_calls_another_function() -> None:
    _execute(
        "CREATE FUNCTION claims_edition_refuse2() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
    )
    _execute("DROP TRIGGER claims_edition_no_delete ON claims_edition")
    _execute(
        "CREATE TRIGGER claims_edition_no_delete BEFORE DELETE ON claims_edition"
        " FOR EACH STATEMENT EXECUTE FUNCTION claims_edition_refuse2()"
    )

    assert missing_guards(connection) == ["claims_edition_no_delete"]
