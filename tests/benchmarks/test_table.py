from tests.benchmarks import table
from tests.benchmarks.load import Load
from tests.benchmarks.results import SCALES, Goal, Result, against

GOALS = (Goal("× DRF", against("drf"), 8), *SCALES)
RESULTS = [
    Result("publish", "sqlite", 1000, Load(200.4, 4, 9)),
    Result("list", "sqlite", 2000, Load(1000, 2, 4), {"drf": Load(100, 20, 40)}, queries=2, goals=GOALS),
    Result("list", "sqlite", 1000, Load(1100, 1, 4), {"drf": Load(100, 20, 40)}, queries=2, goals=GOALS),
]


def test_plain_rows_in_order() -> None:
    lines = [" ".join(line.split()) for line in table.plain(RESULTS).splitlines()[2:]]

    assert lines == [
        "publish sqlite 1,000 200 4.00 9.00",
        "list sqlite 1,000 1,100 1.00 4.00 100 11.00 2 ≥ 8 × DRF: 11 met",
        (
            "list sqlite 2,000 1,000 2.00 4.00 100 10.00 2.00 2 "
            "≥ 8 × DRF: 10 met; ≤ 1.3 growth: 2 MISSED; ≤ 0 more queries: 0 met"
        ),
    ]


def test_markdown_columns() -> None:
    lines = table.markdown(RESULTS).splitlines()

    assert [line.count("|") for line in lines] == [len(table.HEADINGS) + 1] * 5
    assert [cell.strip() for cell in lines[2].split("|")[1:7]] == ["publish", "sqlite", "1,000", "200", "4.00", "9.00"]
