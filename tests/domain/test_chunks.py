import pytest

from claims.domain.chunks import chunks


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, []), (2, [[0, 1]]), (3, [[0, 1, 2]]), (4, [[0, 1, 2], [3]]), (6, [[0, 1, 2], [3, 4, 5]])],
)
def test_chunks_of_three(number: int, expected: list[list[int]]) -> None:
    assert list(chunks(iter(range(number)), 3)) == expected
