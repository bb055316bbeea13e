"""What is asked for, row by row. A further row is one more entry of ROWS."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from tests.benchmarks import synthetic
from tests.benchmarks.results import SCALES, Goal, against, against_row, slower_than
from tests.benchmarks.servers import BARE, CACHED, DRF, OURS, PUBLIC_URL, Server

API = "/api/v1/claims/"
FACT_CHECKS = "/v1alpha1/claims:search"
LIST = "API list of 50"
AS_FAST_AS_THE_ENGINE = [Goal(f"× bare {at}", slower_than(BARE, at), most=1.5) for at in ("p50", "p99")]
SAMPLE = 100
DEPTH = 1000

# Finds the paths to ask for in turn, given a contestant and the number of claims; not timed.
Paths = Callable[[Server, int], list[str]]


@dataclass(frozen=True)
class Row:
    name: str
    paths: Paths
    rivals: Sequence[str] = (DRF, BARE)
    goals: Sequence[Goal] = ()
    revalidates: bool = False  # sends our ETag back, and is answered 304
    ours: str = OURS  # which of our servers is measured

    @property
    def status(self) -> int:
        return 304 if self.revalidates else 200


def _first_page(server: Server, size: int) -> list[str]:
    return [f"{API}?page_size=50"]


def _sample(prefix: str) -> Paths:
    """Single claims from all over the record, so that no cache of a database holds only what is asked for."""

    def paths(server: Server, size: int) -> list[str]:
        numbers = random.Random(0).sample(range(size), min(SAMPLE, size))
        return [f"{prefix}{synthetic.claim_slug(number)}/" for number in numbers]

    return paths


def _filtered(server: Server, size: int) -> list[str]:
    """The most frequent speakers and ratings, which fill a page of 50 at every measured size."""
    ratings = ["false", "mostly-false", "half-true", "true"]
    pairs = product(range(3), ratings)
    return [f"{API}?speaker={synthetic.speaker_slug(speaker)}&rating={rating}" for speaker, rating in pairs]


WORDS = ("budget", "report", "prices", "ministry", "vaccine", "percent", "school", "trade", "energy", "summit")


def _asked_again(server: Server, size: int) -> list[str]:
    """One word each: DRF's search wants several words in one and the same quotation, where ours does not."""
    return [f"{FACT_CHECKS}?query={word}&languageCode=en" for word in WORDS]


def _asked_anew(server: Server, size: int) -> list[str]:
    """Many questions, none of whose answers the measured server keeps, mixed: who is slow gets to the first of them."""
    paths = [f"{path}&pageSize={count}" for count in range(5, 30) for path in _asked_again(server, size)]
    random.Random(0).shuffle(paths)
    return paths


SEARCHES = (
    "summit",
    "budget treaty",
    "ministry -hospital",
    '"national budget"',
    "denied exports wages",
    "비핵화",
    "예산",
)


def _searched(server: Server, size: int) -> list[str]:
    """From words that a third of all claims hold to such as few do, in both languages."""
    return [f"{API}?{urlencode({'q': words, 'page_size': 50})}" for words in SEARCHES]


def _searched_by(server: Server, size: int) -> list[str]:
    speakers = [synthetic.speaker_slug(number) for number in range(3)]
    queries = [{"q": words, "speaker": speaker, "page_size": 50} for words, speaker in product(SEARCHES[:3], speakers)]
    return [f"{API}?{urlencode(query)}" for query in queries]


def _search_pages(server: Server, size: int) -> list[str]:
    return [f"/search/?{urlencode({'q': words})}" for words in SEARCHES]


def _deep(server: Server, size: int) -> list[str]:
    """Page 1,000 of 10, found as a partner would, by following `next`; the last page where there are fewer."""
    path = f"{API}?page_size=10"
    for _ in range(DEPTH - 1):
        following = server.expect(path).json()["next"]
        if following is None:
            break
        path = following.removeprefix(PUBLIC_URL).removeprefix(server.address)
    return [path]


ROWS = (
    Row(LIST, _first_page, goals=(Goal("× DRF", against(DRF), 8), Goal("× bare", against(BARE), 0.25), *SCALES)),
    Row("one claim by API", _sample(API), goals=SCALES),
    Row("filtered list (speaker, rating)", _filtered, goals=SCALES),
    Row("claims:search, asked anew", _asked_anew, rivals=(DRF,), goals=(Goal("× DRF", against(DRF), 8), *SCALES)),
    Row(
        "claims:search, asked again",
        _asked_again,
        rivals=(DRF,),
        goals=(Goal("× DRF", against(DRF), 8), *SCALES),
        ours=CACHED,
    ),
    Row("page 1,000 of 10", _deep, goals=SCALES),
    Row("search by API, 50 found", _searched, rivals=(BARE,), goals=(*AS_FAST_AS_THE_ENGINE, *SCALES)),
    Row("search by API within a speaker", _searched_by, rivals=(BARE,), goals=(*AS_FAST_AS_THE_ENGINE, *SCALES)),
    Row("search page (HTML)", _search_pages, rivals=(BARE,), goals=SCALES),
    Row("claim page, not cached", _sample("/claims/"), rivals=(BARE,), goals=SCALES),
    Row(
        "claim page, warm",
        _sample("/claims/"),
        rivals=(BARE,),
        goals=(Goal("× bare", against(BARE), 0.4), *SCALES),
        ours=CACHED,
    ),
    Row(
        "304 of the API list",
        _first_page,
        rivals=(BARE,),
        goals=(Goal(f"× {LIST}", against_row(LIST), 3), *SCALES),
        revalidates=True,
    ),
)
