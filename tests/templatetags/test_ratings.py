import pytest

from claims.templatetags.ratings import percent, step


@pytest.mark.parametrize(
    ("value", "worst", "best", "place"),
    [
        (1, 1, 5, (1, 0)),
        (3, 1, 5, (3, 50)),
        (5, 1, 5, (5, 100)),
        (1, 1, 2, (1, 0)),
        (2, 1, 2, (5, 100)),
        (6, 0, 6, (5, 100)),
        (1, 1, 1, (None, None)),
        (None, None, None, (None, None)),
    ],
)
def test_step_and_percent(value: int | None, worst: int | None, best: int | None, place: tuple[int, int]) -> None:
    rating = {"value": value, "worst": worst, "best": best}

    assert (step(rating), percent(rating)) == place


def test_step_of_a_rating_within_its_scale() -> None:
    assert step({"value": 2}, {"worst": 1, "best": 5}) == 2
