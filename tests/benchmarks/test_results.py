from dataclasses import replace

from tests.benchmarks.load import Load
from tests.benchmarks.results import Goal, Result, against, against_row, growth, more_queries, slower_than, throughput

SMALL = Result("list", "sqlite", 10, Load(100, 2, 4), {"drf": Load(10, 20, 40)}, queries=2)
LARGE = replace(SMALL, size=100, load=Load(90, 3, 6), queries=3)
RESULTS = [LARGE, SMALL]


def test_goal_met() -> None:
    assert Goal("× DRF", against("drf"), least=8).verdict(LARGE, RESULTS) == "≥ 8 × DRF: 9 met"


def test_goal_missed() -> None:
    assert Goal("× smallest", growth, most=1.3).verdict(LARGE, RESULTS) == "≤ 1.3 × smallest: 1.5 MISSED"


def test_goal_of_not_more_is_met_by_less_than_nothing() -> None:
    assert Goal("MB more", lambda *_: -0.5, most=20).verdict(LARGE, RESULTS) == "≤ 20 MB more: -0.5 met"


def test_goal_with_nothing_to_compare() -> None:
    assert Goal("× bare", against("bare"), least=1).verdict(LARGE, RESULTS) == ""


def test_against_row_of_same_size() -> None:
    full = replace(SMALL, row="full", load=Load(25, 8, 9))

    assert against_row("full")(SMALL, [*RESULTS, full, replace(full, size=100)]) == 4


def test_latency_beside_that_of_a_rival() -> None:
    slow_now_and_then = replace(SMALL, load=replace(SMALL.load, p99=3 * SMALL.rivals["drf"].p99))

    assert [slower_than("drf", at)(slow_now_and_then, RESULTS) for at in ("p50", "p99")] == [0.1, 3]


def test_growth_at_smallest_size() -> None:
    assert growth(SMALL, RESULTS) is None


def test_more_queries_at_larger_size() -> None:
    assert more_queries(LARGE, RESULTS) == 1


def test_throughput_on_another_database() -> None:
    assert throughput("postgresql")(SMALL, RESULTS) is None
