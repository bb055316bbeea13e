import pytest

from tests.benchmarks import load
from tests.benchmarks.errors import BenchmarkError
from tests.benchmarks.load import Load

OUTPUT = """Running 5s test @ http://127.0.0.1:8000
  1 threads and 4 connections
Requests/sec:    401.20
Transfer/sec:      1.23MB

{"requests": 2000, "microseconds": 5000000, "p50": 9876.0, "p99": 12345.0, "failed": 0, "refused": 0}
"""


def test_parse_nothing_answered_in_time() -> None:
    assert load.parse(OUTPUT.replace('"requests": 2000', '"requests": 0')) is None


def test_parse_all_answered() -> None:
    assert load.parse(OUTPUT) == Load(per_second=400, p50=9.876, p99=12.345)


def test_typical_is_none_of_the_extremes() -> None:
    loads = [Load(100, p50=9, p99=30), Load(300, p50=2, p99=90), Load(200, p50=4, p99=10)]

    assert load.typical(loads) == Load(200, p50=4, p99=30)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ('"refused": 3', "3 answers were errors and 0 requests were not answered."),
        ('"failed": 2, "refused": 0', "0 answers were errors and 2 requests were not answered."),
    ],
)
def test_parse_not_all_answered(found: str, reason: str) -> None:
    # A member given twice has its last value.
    output = OUTPUT.replace('"refused": 0', found)

    with pytest.raises(BenchmarkError) as raised:
        load.parse(output)

    assert str(raised.value) == reason
