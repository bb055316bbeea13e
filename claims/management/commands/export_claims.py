import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from claims.domain import record
from claims.enums import RecordKind
from claims.exchange import claimreview_feed, exporting, spreadsheet
from claims.exchange.claimreview import Site
from claims.management.progress import progress

CLAIMREVIEW = "claimreview"
FORMATS = (*exporting.FORMATS, CLAIMREVIEW)


class Command(BaseCommand):
    help = (
        "Write everything public of one kind, or all editions, as NDJSON, CSV or a spreadsheet, or all findings as a "
        "ClaimReview feed, to a file or to standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="ndjson", help="default: ndjson")
        parser.add_argument("--kind", choices=exporting.KINDS, default=RecordKind.CLAIM.value, help="default: claim")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument("--gzip", action="store_true", help="compress it")
        parser.add_argument(
            "--after", type=int, default=0, metavar="SEQUENCE", help="continue behind the line with this sequence"
        )

        parser.add_argument(
            "--until", type=int, metavar="SEQUENCE", help="the last sequence to take in; default: the newest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kind, after, form = options["kind"], options["after"], options["format"]
        if not 0 <= after < 2**63:
            raise CommandError(f"--after is {after}. Give the sequence of the last line that you have, or 0.")
        until = min(record.head(), max(0, record.head() if options["until"] is None else options["until"]))
        _require_possible(kind, form, after=after, until=until)
        chunks = exporting.read(kind, after=after, until=until)
        if sys.stderr.isatty():
            chunks = progress(chunks, exporting.total(kind), sys.stderr)
        parts = (
            _claimreviews(chunks) if form == CLAIMREVIEW else exporting.written(kind, form, chunks, header=not after)
        )
        if options["gzip"]:
            parts = exporting.gzipped(parts)
        try:
            _save(parts, options["output"])
        except BrokenPipeError:  # the reader, such as `head`, has all it wants
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            name = options["output"] or "Standard output"
            raise CommandError(f"{name} cannot be written: {error.strerror}.") from error


def _require_possible(kind: str, form: str, *, after: int, until: int) -> None:
    if form == CLAIMREVIEW and kind != RecordKind.CLAIM:
        raise CommandError("Only claims have ClaimReviews. Leave out --kind.")
    if form == CLAIMREVIEW and not settings.PUBLIC_URL:
        raise CommandError("A ClaimReview has the address of its page. Set PUBLIC_URL to that of this site.")
    if form == exporting.XLSX and (rows := exporting.count(kind, after=after, until=until)) > spreadsheet.MOST_ROWS:
        raise CommandError(
            f"There are {rows:,} rows, and a spreadsheet takes {spreadsheet.MOST_ROWS:,}. Export parts with --after "
            "and --until, or as CSV or NDJSON."
        )


def _claimreviews(chunks: Iterable[list[str]]) -> Iterable[bytes]:
    site = Site(name=settings.SITE_NAME, address=f"{settings.PUBLIC_URL}{reverse('web:home')}")
    return claimreview_feed.feed(
        chunks, site=site, address=lambda slug: f"{settings.PUBLIC_URL}{reverse('web:claim', args=[slug])}"
    )


def _save(parts: Iterable[bytes], output: Path | None) -> None:
    if output is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    # Under its own name only when it is whole.
    unfinished = output.with_name(f"{output.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(parts)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
