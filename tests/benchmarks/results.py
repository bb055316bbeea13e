"""What was measured, and what was to be reached."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from tests.benchmarks.load import Load


@dataclass(frozen=True)
class Result:
    """One row of the table. `rivals` are what others sustained of the same; `queries` are ours for one answer."""

    row: str
    database: str
    size: int
    load: Load
    rivals: Mapping[str, Load] = field(default_factory=dict)
    queries: int | None = None
    goals: Sequence["Goal"] = ()

    def against(self, rival: str) -> float | None:
        return self.load.per_second / self.rivals[rival].per_second if rival in self.rivals else None


# The value that a goal is about; None where there is nothing to compare.
Measure = Callable[[Result, Sequence[Result]], float | None]


@dataclass(frozen=True)
class Goal:
    """`value` shall be `least` or more, or `most` or less."""

    name: str
    value: Measure
    least: float | None = None
    most: float = inf

    def verdict(self, result: Result, results: Sequence[Result]) -> str:
        """Such as `≥ 8 × DRF: 12.31 met`; "" where there is nothing to compare."""
        value = self.value(result, results)
        if value is None:
            return ""
        low = -inf if self.least is None else self.least
        met = "met" if low <= value <= self.most else "MISSED"
        bound = f"≤ {self.most:g}" if self.least is None else f"≥ {self.least:g}"
        return f"{bound} {self.name}: {value:.3g} {met}"


def against(rival: str) -> Measure:
    """Times the throughput of a rival."""
    return lambda result, _: result.against(rival)


def slower_than(rival: str, percentile: str) -> Measure:
    """Times the latency of a rival at a percentile, `p50` or `p99`."""

    def value(result: Result, _: Sequence[Result]) -> float | None:
        if rival not in result.rivals:
            return None
        ours, theirs = (float(getattr(load, percentile)) for load in (result.load, result.rivals[rival]))
        return ours / theirs

    return value


def against_row(row: str) -> Measure:
    """Times our own throughput in another row, on the same database at the same size."""

    def value(result: Result, results: Sequence[Result]) -> float | None:
        others = {(other.row, other.database, other.size): other for other in results}
        other = others.get((row, result.database, result.size))
        return result.load.per_second / other.load.per_second if other else None

    return value


def throughput(database: str) -> Measure:
    return lambda result, _: result.load.per_second if result.database == database else None


def growth(result: Result, results: Sequence[Result]) -> float | None:
    """Times the median latency of the same row at the smallest size."""
    smallest = _at_smallest_size(result, results)
    return result.load.p50 / smallest.load.p50 if smallest.size < result.size else None


def more_queries(result: Result, results: Sequence[Result]) -> float | None:
    """How many queries more than at the smallest size."""
    smallest = _at_smallest_size(result, results)
    if smallest.size == result.size or result.queries is None or smallest.queries is None:
        return None
    return result.queries - smallest.queries


def _at_smallest_size(result: Result, results: Sequence[Result]) -> Result:
    same = [other for other in results if (other.row, other.database) == (result.row, result.database)]
    return min(same, key=lambda other: other.size)


SCALES = (Goal("growth", growth, most=1.3), Goal("more queries", more_queries, most=0))
