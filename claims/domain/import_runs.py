"""Imports from their beginning to their end: begun anew or gone on with, rehearsed, finished, and reported."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, Min, When
from django.utils import timezone

from claims.models import ImportFinding, ImportRun

EXAMPLES = 20  # kinds of findings that a summary names

COUNTS = (
    "rows", "rows_refused", "claims_created", "claims_matched", "claims_published", "reviews_created",
    "reviews_matched", "speakers_proposed", "speakers_matched",
)  # fmt: skip
COLUMNS = ("row", "field", "value", "message", "outcome", "refused")
NEW = ("claims_created", "claims_published", "reviews_created", "speakers_proposed")


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings that say the same of the same field: how many, the first row, and what stood there."""

    field: str
    message: str
    count: int
    row: int
    refused: bool


def unfinished(digest: str, *, publish: bool) -> ImportRun | None:
    """An earlier run of the same content, to go on with."""
    return ImportRun.objects.filter(digest=digest, publishes=publish, finished_at=None, is_rehearsal=False).first()


def begin(name: str, *, form: str, digest: str, by: str, publish: bool) -> ImportRun:
    return ImportRun.objects.create(name=name[-500:], form=form, digest=digest, started_by=by[:150], publishes=publish)


def finish(run: ImportRun) -> None:
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])


@contextmanager
def rehearsal() -> Iterator[None]:
    """Everything is worked out as it would be, and nothing of it stays. Read the report before it ends."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@transaction.atomic
def keep_rehearsal(run: ImportRun, findings: list[ImportFinding], *, content: bytes, mapping: str) -> ImportRun:
    """The report of a run that was rolled back, with what it read. What its author tried before is no longer kept."""
    ImportRun.objects.filter(started_by=run.started_by, is_rehearsal=True).update(content=None)
    run.pk = None
    run.is_rehearsal, run.content, run.mapping = True, content, mapping
    run.finished_at = timezone.now()
    run.save(force_insert=True)
    for finding in findings:
        finding.pk, finding.run = None, run
    ImportFinding.objects.bulk_create(findings)
    return run


def forget_content(run: ImportRun) -> None:
    """It was imported."""
    run.content = None
    run.save(update_fields=["content"])


def is_nothing_new(run: ImportRun) -> bool:
    return not any(getattr(run, name) for name in NEW)


def kinds(run: ImportRun) -> list[Kind]:
    """The findings of a run: what was refused first, then what concerns whole rows or the file, such as a guessed
    encoding, and then the most frequent; at most EXAMPLES."""
    grouped = (
        ImportFinding.objects.filter(run=run)
        .order_by()
        .values("field", "message", "refused")
        .annotate(count=Count("pk"), first=Min("row"))
        .order_by("-refused", Case(When(field="", then=0), default=1), "-count", "first")[:EXAMPLES]
    )
    return [Kind(k["field"], k["message"], k["count"], k["first"], k["refused"]) for k in grouped]


def findings_of(run: ImportRun) -> Iterator[tuple[Any, ...]]:
    """Rows of COLUMNS, in the order of the file."""
    yield from run.findings.values_list(*COLUMNS).iterator()


def report(run: ImportRun) -> Iterator[str]:
    """Lines for a terminal: counts, then the findings by kind."""
    for name in COUNTS:
        yield f"{name.replace('_', ' ').capitalize():18} {getattr(run, name):>9,}"
    total = ImportFinding.objects.filter(run=run).count()
    yield f"{'Findings':18} {total:>9,}"
    told: Counter[bool] = Counter()
    for kind in kinds(run):
        told[kind.refused] += kind.count
        refused = "REFUSED " if kind.refused else ""
        where = f"{kind.field}: " if kind.field else ""
        yield f"  {refused}{where}{kind.message} ({kind.count:,} ×, first in row {kind.row:,})"
    if rest := total - told.total():
        yield f"  … and {rest:,} others. The report as CSV (--report FILE) has them all."
    if is_nothing_new(run):
        yield "Nothing of it was new: nothing was changed."
