import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import Site, new_site

pytestmark = pytest.mark.process

SETUP = """
import django, json, sys; django.setup()
from django.db import connection
TABLES = ["claims_edition", "claims_publishedclaim", "claims_publishedentity", "claims_publishedreference"]
"""
# Notes had no translations then, so the digests are those of editions without.
DUMP = f"""{SETUP}
from claims.domain import record
from claims.models import Edition
digest, chain = record.GENESIS, {{}}
for edition in Edition.objects.order_by("sequence"):
    edition.note_translations, edition.previous_digest = None, digest
    edition.digest = digest = record.digest_of(edition)
    chain[edition.sequence] = {{"previous_digest": edition.previous_digest, "digest": digest}}
with connection.cursor() as cursor:
    for table in TABLES:
        cursor.execute(f"SELECT * FROM {{table}} ORDER BY 1")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row)) for row in cursor.fetchall()]
        rows = [row | chain[row["sequence"]] if "sequence" in row else row for row in rows]
        print(json.dumps([table, rows], default=str))
"""
# The one column that was dropped since takes no part in what is compared.
LOAD = f"""{SETUP}
with connection.cursor() as cursor:
    for table, rows in map(json.loads, open(sys.argv[1])):
        known = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        for row in rows:
            row["search_text"] = row.get("search_text", "")
            names = [name for name in known if name in row]
            values = [row[name] for name in names]
            cursor.execute(
                f"INSERT INTO {{table}} ({{', '.join(names)}}) VALUES ({{', '.join(['%s'] * len(names))}})", values
            )
"""
FOUND = f"""{SETUP}
from django.test import Client
from claims.models import PublishedName
with connection.cursor() as cursor:
    cursor.execute("SELECT rowid, edition_id FROM claims_search ORDER BY rowid")
    rows = [list(map(int, row)) for row in cursor.fetchall()]
names = sorted(PublishedName.objects.values_list("speaker", "word", "alias"))
answer = json.loads(Client(SERVER_NAME="localhost").get("/api/v1/claims/?q=summit").content)
print(json.dumps([rows, names, [result["slug"] for result in answer["results"]]]))
"""


def _found(site: Site) -> list[list[object]]:
    found: list[list[object]] = json.loads(site.run("-Wignore", "-c", FOUND).stdout)
    return found


@pytest.fixture
def newest(tmp_path: Path) -> Iterator[Site]:
    """A site of today with the demo."""
    folder = tmp_path / "newest"
    folder.mkdir()
    with new_site(folder) as site:
        site.manage("load_demo")
        yield site


@pytest.fixture
def old(tmp_path: Path, newest: Site) -> Iterator[Site]:
    """A site with the tables that it had before there was a search, and the same published in them."""
    (tmp_path / "rows.json").write_text(newest.run("-c", DUMP).stdout, encoding="utf-8")
    with new_site(tmp_path) as site:
        site.manage("migrate", "claims", "0005", "-v0")
        site.run("-c", LOAD, str(tmp_path / "rows.json"))
        yield site


def test_site_from_before_the_search_is_searched_after_migrating(old: Site, newest: Site) -> None:
    told, again = (old.manage("migrate").stdout for _ in range(2))

    found = _found(old)
    assert found == _found(newest)
    assert [len(part) > 0 for part in found] == [True, True, True]
    assert "Made anew from the record: " in told.splitlines()[-1]
    assert "Made anew" not in again
    assert old.manage("verify_record").returncode == 0


def test_migrating_in_part_fills_nothing(old: Site) -> None:
    """Today's code could not: the tables are not yet today's."""
    done = [old.manage("migrate", *options, check=False) for options in (["--plan"], ["--check"], ["claims", "0006"])]

    assert [("Made anew" in process.stdout, process.stderr) for process in done] == [(False, "")] * 3
