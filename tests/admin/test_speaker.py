import pytest
from django.test import Client

from claims.models import Affiliation, Speaker, SpeakerAlias
from tests import factories
from tests.admin.forms import complaints, path, row, save


def test_add_with_a_role_and_another_name(desk: Client, db: None) -> None:
    office = factories.OrganisationFactory.create()
    role = row("affiliations", organisation=office.pk, title="Spokesman", start="2018", end="2019-03")
    alias = row("aliases", name="김의겸", language="ko")

    save(desk, path("speaker", "add"), kind="person", name="Kim Eui-kyeom", **role, **alias)

    speaker = Speaker.objects.get(name="Kim Eui-kyeom")
    held = speaker.affiliations.get()
    assert (held.organisation, held.title, held.start, held.end) == (office, "Spokesman", "2018", "2019-03")
    assert (speaker.slug, speaker.aliases.get().name) == ("kim-eui-kyeom", "김의겸")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"start": "2019-06", "end": "2019-05"}, ["A role cannot end before it starts."]),
        ({"start": "June"}, ["“June” is not a date. Write 2019-02-09, 2019-02 or 2019."]),
        ({"title": ""}, ["This field is required."]),
        ({"organisation": "person"}, ["A role is held at an organisation or a public body."]),
    ],
)
def test_role_with_a_mistake(desk: Client, db: None, values: dict[str, str], expected: list[str]) -> None:
    speaker, office = factories.SpeakerFactory.create(), factories.OrganisationFactory.create()
    pks = {"person": factories.SpeakerFactory.create().pk}
    given = {name: pks.get(value, value) for name, value in values.items()}
    role = row("affiliations", **{"organisation": office.pk, "title": "Envoy"} | given)

    page = save(desk, path("speaker", "change", speaker.pk), **role)

    assert complaints(page) == expected
    assert not Affiliation.objects.exists()


def test_role_at_itself(desk: Client, db: None) -> None:
    office = factories.OrganisationFactory.create()

    page = save(
        desk,
        path("speaker", "change", office.pk),
        **row("affiliations", organisation=office.pk, title="Envoy"),
    )

    assert complaints(page) == ["A speaker cannot hold a role at itself."]


def test_one_alias_twice(desk: Client, db: None) -> None:
    speaker = factories.SpeakerFactory.create()
    rows = {"aliases-TOTAL_FORMS": 2, "aliases-0-name": "K.", "aliases-1-name": "K."}

    page = save(desk, path("speaker", "change", speaker.pk), **rows)

    assert set(complaints(page)) == {
        "This speaker already has this alias.",
        "Please correct the duplicate values below.",
    }
    assert not SpeakerAlias.objects.exists()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"wikidata_id": "Q42"}, "Another speaker already has this Wikidata id."),
        ({"wikidata_id": "42"}, "Write a Wikidata item such as Q42."),
        ({"kind": ""}, "This field is required."),
    ],
)
def test_add_with_a_mistake(desk: Client, db: None, values: dict[str, str], expected: str) -> None:
    factories.SpeakerFactory.create(wikidata_id="Q42")

    page = save(desk, path("speaker", "add"), **{"kind": "person", "name": "Kim"} | values)

    assert complaints(page) == [expected]
    assert Speaker.objects.count() == 1
