"""One byte of a stored edition is edited by someone who has the database itself in hand."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.sites import Site, new_site

pytestmark = pytest.mark.process

EDIT = "UPDATE claims_edition SET document = replace(document, 'is so', 'is sp') WHERE sequence = 3"


def _execute(site: Site, *statements: str) -> None:
    """Past Django, in one transaction."""
    if site.database_url.startswith("sqlite"):
        with closing(sqlite3.connect(site.database_url.removeprefix("sqlite:///"))) as file, file:
            for statement in statements:
                file.execute(statement)
        return
    import psycopg  # noqa: PLC0415  (an optional extra)

    with psycopg.connect(site.database_url) as server:
        for statement in statements:
            server.execute(statement.encode())


def test_verify_record_after_one_byte_was_edited(tmp_path: Path) -> None:
    with new_site(tmp_path) as site:
        site.run("-m", "tests.processes.prepare")
        table = "" if site.database_url.startswith("sqlite") else " ON claims_edition"

        whole = site.manage("verify_record", "--no-color")
        _execute(site, f"DROP TRIGGER claims_edition_no_update{table}", EDIT)
        broken = site.manage("verify_record", "--no-color", check=False)

    assert whole.stdout == "The record is whole: 4 editions, and the projection shows them.\n"
    expected = "CommandError: The record is broken. Sequence 3: its digest does not match its content.\n"
    assert (broken.returncode, broken.stdout, broken.stderr) == (1, "", expected)
