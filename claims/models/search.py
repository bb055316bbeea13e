"""The index that claims are searched by, in the full-text engine of the database in use: FTS5 or tsvector with GIN.

Both hold the same tokens (see `domain/analysis.py`) at the same positions, in four parts of different weight, and
neither analyses anything itself. The index belongs to the projection.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.lookups import Lookup

TABLE = "claims_search"
TOKENS_INDEX = "claims_search_tokens"
# By weight. PostgreSQL knows them as A to D.
PARTS = ("claim", "names", "summary", "evidence")

SQLITE = [
    (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5({', '.join(PARTS)}, edition_id UNINDEXED,"
        " tokenize = \"ascii tokenchars '_'\")"
    )
]
# The column has the name by which FTS5 calls its own.
POSTGRESQL = [
    f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, {TABLE} tsvector NOT NULL, edition_id bigint NOT NULL)",
    # What is not merged into the index yet is read in whole by every search, so little of it is kept: 256 kB.
    f"CREATE INDEX {TOKENS_INDEX} ON {TABLE} USING gin ({TABLE}) WITH (gin_pending_list_limit = 256)",
]


def install_index(connection: BaseDatabaseWrapper) -> None:
    """Create the index, empty."""
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def remove_index(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class TokensField(models.TextField):  # type: ignore[type-arg]  # takes no argument at run time
    """The indexed tokens of a row, to be asked by `__matches` with an expression in the engine's language."""


@TokensField.register_lookup
class Matches(Lookup):
    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str, ...]]:
        column, _ = self.process_lhs(compiler, connection)
        form = "{} @@ %s::tsquery" if connection.vendor == "postgresql" else "{} MATCH %s"
        return form.format(column), (self.rhs,)


class SearchRow(models.Model):
    """What the index holds of one public claim. Neither engine's table can be described to Django any further."""

    claim = models.OneToOneField(
        "PublishedClaim", on_delete=models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="search"
    )
    tokens = TokensField(db_column=TABLE)
    edition_id = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = TABLE

    def __str__(self) -> str:
        return f"Tokens of claim {self.pk}"


class PublishedName(models.Model):
    """One folded word of a public speaker's names: what aliases are found by, and mistyped names compared with."""

    speaker = models.BigIntegerField()
    uid = models.UUIDField()
    word = models.CharField(max_length=100)
    alias = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["speaker", "word"], name="published_name_unique")]
        indexes = [models.Index(F("word"), name="name_by_word")]

    def __str__(self) -> str:
        return self.word
