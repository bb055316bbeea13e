"""The one table, as text or as Markdown."""

from collections.abc import Sequence

from tests.benchmarks.results import Result, growth
from tests.benchmarks.servers import BARE, DRF

HEADINGS = (
    "row", "database", "claims", "req/s", "p50 ms", "p99 ms", "DRF req/s", "× DRF", "bare req/s", "× bare",
    "growth", "queries", "targets",
)  # fmt: skip
TEXTS = {"row", "database", "targets"}


def plain(results: Sequence[Result]) -> str:
    rows = [HEADINGS, *_cells(results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(_aligned(row, widths, "  ").rstrip() for row in rows)


def markdown(results: Sequence[Result]) -> str:
    rows = [HEADINGS, *_cells(results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    marks = (
        "-" * width if name in TEXTS else "-" * (width - 1) + ":" for name, width in zip(HEADINGS, widths, strict=True)
    )
    rows.insert(1, tuple(marks))
    return "\n".join(f"| {_aligned(row, widths, ' | ')} |" for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int], between: str) -> str:
    cells = zip(HEADINGS, row, widths, strict=True)
    return between.join(cell.ljust(width) if name in TEXTS else cell.rjust(width) for name, cell, width in cells)


def _cells(results: Sequence[Result]) -> list[tuple[str, ...]]:
    """In the order of rows, then databases, then sizes, so that what is compared stands together."""
    order = list(dict.fromkeys(result.row for result in results))
    databases = list(dict.fromkeys(result.database for result in results))
    ranked = sorted(
        results, key=lambda result: (order.index(result.row), databases.index(result.database), result.size)
    )
    return [_row(result, results) for result in ranked]


def _row(result: Result, results: Sequence[Result]) -> tuple[str, ...]:
    verdicts = (goal.verdict(result, results) for goal in result.goals)
    return (
        result.row,
        result.database,
        f"{result.size:,}",
        f"{result.load.per_second:,.0f}",
        f"{result.load.p50:,.2f}",
        f"{result.load.p99:,.2f}",
        *_rival(result, DRF),
        *_rival(result, BARE),
        _number(growth(result, results)),
        "" if result.queries is None else str(result.queries),
        "; ".join(filter(None, verdicts)),
    )


def _rival(result: Result, name: str) -> tuple[str, str]:
    if name not in result.rivals:
        return "", ""
    return _number(result.rivals[name].per_second, "{:,.0f}"), _number(result.against(name))


def _number(value: float | None, form: str = "{:,.2f}") -> str:
    return "" if value is None else form.format(value)
