"""The triggers by which the database itself keeps the record append-only, for SQLite and PostgreSQL."""

import re

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models.record import GENESIS

# A schema before a name of ours, as PostgreSQL tells the definition of a trigger.
QUALIFIED = re.compile(r'(?:\w+|"[^"]+")\.(?=claims_edition)')
REFUSAL = "the record is append-only"

# INSERT is guarded too: a row must continue the chain. SQLite's INSERT OR REPLACE would delete whatever edition has the
# same sequence, digest or number without any DELETE trigger being asked, so there a taken one is refused beforehand.
SQLITE = {
    "claims_edition_no_update": f"""
        CREATE TRIGGER claims_edition_no_update BEFORE UPDATE ON claims_edition
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "claims_edition_no_delete": f"""
        CREATE TRIGGER claims_edition_no_delete BEFORE DELETE ON claims_edition
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "claims_edition_continues": f"""
        CREATE TRIGGER claims_edition_continues BEFORE INSERT ON claims_edition
        WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM claims_edition)
          OR NEW.previous_digest IS NOT
             COALESCE((SELECT digest FROM claims_edition ORDER BY sequence DESC LIMIT 1), '{GENESIS}')
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}: an edition must continue the chain'); END""",
    "claims_edition_no_replace": f"""
        CREATE TRIGGER claims_edition_no_replace BEFORE INSERT ON claims_edition
        WHEN EXISTS (SELECT 1 FROM claims_edition WHERE digest = NEW.digest)
          OR EXISTS (SELECT 1 FROM claims_edition WHERE kind = NEW.kind AND uid = NEW.uid AND number = NEW.number)
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}: digest and number of an edition must be unique'); END""",
}

POSTGRESQL_FUNCTIONS = {
    "claims_edition_refuse": f"""
    CREATE OR REPLACE FUNCTION claims_edition_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    "claims_edition_check": f"""
    CREATE OR REPLACE FUNCTION claims_edition_check() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_sequence bigint; last_digest text;
    BEGIN
        SELECT sequence, digest INTO last_sequence, last_digest
        FROM claims_edition ORDER BY sequence DESC LIMIT 1;
        IF NEW.sequence <> COALESCE(last_sequence, 0) + 1
           OR NEW.previous_digest <> COALESCE(last_digest, '{GENESIS}') THEN
            RAISE EXCEPTION '{REFUSAL}: an edition must continue the chain'
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
}
POSTGRESQL = {
    "claims_edition_no_update": "CREATE TRIGGER claims_edition_no_update BEFORE UPDATE ON claims_edition"
    " FOR EACH STATEMENT EXECUTE FUNCTION claims_edition_refuse()",
    "claims_edition_no_delete": "CREATE TRIGGER claims_edition_no_delete BEFORE DELETE ON claims_edition"
    " FOR EACH STATEMENT EXECUTE FUNCTION claims_edition_refuse()",
    "claims_edition_no_truncate": "CREATE TRIGGER claims_edition_no_truncate BEFORE TRUNCATE ON claims_edition"
    " FOR EACH STATEMENT EXECUTE FUNCTION claims_edition_refuse()",
    "claims_edition_continues": "CREATE TRIGGER claims_edition_continues BEFORE INSERT ON claims_edition"
    " FOR EACH ROW EXECUTE FUNCTION claims_edition_check()",
}


def guards(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Trigger name to the statement that creates it."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are missing. Call it after any migration that rebuilds the edition table."""
    missing = missing_guards(connection)
    with connection.cursor() as cursor:
        for statement in POSTGRESQL_FUNCTIONS.values() if connection.vendor == "postgresql" else ():
            cursor.execute(statement)
        for name in missing:
            cursor.execute(_removal(connection, name))
            cursor.execute(guards(connection)[name])


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Only for migrating backwards and for tests of tampering."""
    with connection.cursor() as cursor:
        for name in guards(connection):
            cursor.execute(_removal(connection, name))


def _removal(connection: BaseDatabaseWrapper, name: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}{' ON claims_edition' if connection.vendor == 'postgresql' else ''}"


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are absent, switched off, or do something else than they should."""
    present = (_present_on_postgresql if connection.vendor == "postgresql" else _present_on_sqlite)(connection)
    return [name for name, statement in guards(connection).items() if present.get(name) != _normal(statement)]


def _present_on_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'claims_edition'")
        return {name: _normal(statement) for name, statement in cursor.fetchall()}


def _present_on_postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Those whose function is ours, too."""
    query = """
        SELECT tgname, pg_get_triggerdef(pg_trigger.oid), proname, prosrc FROM pg_trigger
        JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_language ON pg_language.oid = prolang
        WHERE tgrelid = 'claims_edition'::regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A')
        AND lanname = 'plpgsql' AND proconfig IS NULL
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchall()
    bodies = {name: statement.split("$$")[1] for name, statement in POSTGRESQL_FUNCTIONS.items()}
    return {name: _normal(statement) for name, statement, function, body in found if bodies.get(function) == body}


def _normal(statement: str) -> str:
    """Without line breaks and without the schema that PostgreSQL puts before a name of ours."""
    return QUALIFIED.sub("", " ".join(statement.split()))
