"""Editions a second through the one door: `python -m tests.benchmarks.publishing SIZE SECONDS`, on a copy.

Only the publishing is timed, not the drafting before it. Prints, for each way, editions a second, and the median and
99th percentile of one call in milliseconds.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import quantiles

import django

django.setup()

from claims.domain import publishing  # noqa: E402
from claims.domain.chunks import chunks  # noqa: E402
from claims.models import Claim, Edition  # noqa: E402
from tests.benchmarks.desk import AUTHOR, Drafting  # noqa: E402

BLOCK = 500
BATCH = 100


def publish_one(claims: list[Claim]) -> list[Edition]:
    edition = publishing.publish(claims[0], by=AUTHOR)
    return [edition] if edition else []


def publish_many(claims: list[Claim]) -> list[Edition]:
    return publishing.publish_all(claims, by=AUTHOR)


def drafts(first: int, size: int) -> Iterator[list[Claim]]:
    """New claims, `size` at a time, numbered from `first`."""
    drafting = Drafting()
    for numbers in chunks(count(first), BLOCK):
        yield from chunks(drafting.draft(numbers), size)


def changes(size: int) -> Iterator[list[Claim]]:
    """Public claims with a change on the desk, `size` at a time, for as often as they are asked for."""
    for turn in count(1):
        for keys in chunks(Claim.objects.order_by("pk").values_list("pk", flat=True)[: BLOCK * 10], BLOCK):
            claims = list(Claim.objects.filter(pk__in=keys))
            for claim in claims:
                claim.text = f"{claim.text[:900]} ({turn})"
            Claim.objects.bulk_update(claims, ["text"])
            yield from chunks(claims, size)


def sustained(
    work: Iterator[list[Claim]], publish: Callable[[list[Claim]], list[Edition]], seconds: float
) -> dict[str, float]:
    """Publish for so long. Every claim must give an edition, or the rate would be of nothing."""
    taken: list[float] = []
    editions = 0
    while sum(taken) < seconds or len(taken) < 3:
        claims = next(work)
        started = time.perf_counter()
        appended = publish(claims)
        taken.append(time.perf_counter() - started)
        assert len(appended) == len(claims)
        editions += len(appended)
    hundredths = quantiles(taken, n=100, method="inclusive")
    return {"per_second": editions / sum(taken), "p50": hundredths[49] * 1000, "p99": hundredths[98] * 1000}


def main(size: int, seconds: float) -> None:
    ways = {
        "publish new claims, one by one": (drafts(size, 1), publish_one),
        "publish changes, one by one": (changes(1), publish_one),
        # Numbered far from the others, so that no two ways draft the same claim.
        f"publish new claims, {BATCH} at once": (drafts(size + 10_000_000, BATCH), publish_many),
    }
    print(json.dumps({name: sustained(work, publish, seconds) for name, (work, publish) in ways.items()}))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
