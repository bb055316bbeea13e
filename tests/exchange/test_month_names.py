import pytest

from claims.exchange.month_names import months
from claims.folding import fold


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("September", {9}),
        ("sept", {9}),
        ("septiembre", {9}),
        ("setembro", {9}),
        ("سبتمبر", {9}),
        ("listopad", {10, 11}),
        ("mar", {3}),
        ("फर", {2}),
    ],
)
def test_name_of_a_month(name: str, numbers: set[int]) -> None:
    assert months()[fold(name)] == numbers


def test_every_month_has_a_name_and_no_number_is_one() -> None:
    assert set().union(*months().values()) == set(range(1, 13))
    assert [name for name in months() if not name or name.isdecimal()] == []
