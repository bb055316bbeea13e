import pytest
from django.http import QueryDict

from claims.models import Edition
from claims.web.paging import page_of, without

pytestmark = pytest.mark.django_db


def test_page_of_nothing() -> None:
    page = page_of(Edition.objects.all(), "sequence", QueryDict("before=5"), 2)

    assert (list(page.items), page.newer, page.older) == ([], None, None)


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "9" * 19, "١", " 1", "1\n"])
def test_page_of_bad_cursor(cursor: str) -> None:
    parameters = QueryDict(mutable=True)
    parameters["before"] = cursor

    with pytest.raises(ValueError, match="not valid"):
        page_of(Edition.objects.all(), "sequence", parameters, 2)


def test_without_leaves_the_original_alone() -> None:
    parameters = QueryDict("a=1&b=2&b=3")

    assert (without(parameters, "b", "c").urlencode(), parameters.urlencode()) == ("a=1", "a=1&b=2&b=3")
