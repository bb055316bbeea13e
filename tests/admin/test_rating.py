import pytest
from django.test import Client

from claims.models import RatingScale
from tests import factories
from tests.admin.forms import complaints, path, row, save


@pytest.fixture
def scale(db: None) -> RatingScale:
    scale = RatingScale.objects.create(name="Short scale")
    scale.ratings.create(slug="no", label="No", definition="It is not so.", rank=1)
    return scale


def test_add_a_scale_with_a_rating(desk: Client, db: None) -> None:
    rating = row("ratings", label="So", slug="so", definition="It is so.", conclusive="on", rank=1)

    save(desk, path("ratingscale", "add"), name="Short scale", **rating)

    added = RatingScale.objects.get(name="Short scale").ratings.get()
    assert (added.label, added.conclusive, added.rank) == ("So", True, 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"rank": ""}, "A conclusive rating needs a rank; an inconclusive one has none."),
        ({"rank": 1}, "This scale already has a rating of this rank."),
        ({"slug": "no"}, "This scale already has a rating with this slug."),
        ({"label": "No"}, "This scale already has a rating with this label."),
    ],
)
def test_rating_with_a_mistake(desk: Client, scale: RatingScale, values: dict[str, object], expected: str) -> None:
    right = {"label": "So", "slug": "so", "definition": "It is so.", "conclusive": "on", "rank": 2}
    second = {f"ratings-1-{name}": value for name, value in {**right, **values}.items()}

    page = save(desk, path("ratingscale", "change", scale.pk), **second, **{"ratings-TOTAL_FORMS": 2})

    assert expected in complaints(page)
    assert scale.ratings.count() == 1


def test_rating_in_use_is_not_deleted(desk: Client, scale: RatingScale) -> None:
    verdict = factories.VerdictFactory.create(rating=scale.ratings.get())

    page = save(desk, path("ratingscale", "change", scale.pk), **{"ratings-0-DELETE": "on"})

    used = f"Deleting rating No would require deleting the following protected related objects: verdict {verdict}"
    assert complaints(page) == [used]
    assert scale.ratings.count() == 1


def test_name_that_is_taken(desk: Client, scale: RatingScale) -> None:
    page = save(desk, path("ratingscale", "add"), name="Short scale")

    assert complaints(page) == ["There is already a scale of this name."]
