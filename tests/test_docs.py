"""Documentation that can be wrong is run, or compared with what it documents."""

import json
import re
from pathlib import Path

import pytest
from django.urls import get_resolver
from django_filters import FilterSet

from claims import filters
from claims.domain import demo, record
from claims.models import Edition

ROOT = Path(__file__).resolve().parent.parent
DOCS = {path.name: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}
EVERYTHING = "\n".join(DOCS.values())
COMMANDS = sorted(path.stem for path in (ROOT / "claims" / "management" / "commands").glob("[a-z]*.py"))
SETTINGS = sorted(
    set(re.findall(r"env\.\w+\(\"([A-Z_]+)\"", (ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8")))
)
FILTER_SETS: list[type[FilterSet]] = [
    filters.ClaimFilter,
    filters.SpeakerFilter,
    filters.SourceFilter,
    filters.EntityFilter,
]
FILTERS = sorted({name for filter_set in FILTER_SETS for name in filter_set.base_filters})


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    assert f"`manage.py {name}" in EVERYTHING


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_is_documented(name: str) -> None:
    assert f"\n{name}=" in (ROOT / ".env.example").read_text(encoding="utf-8")
    assert f"`{name}`" in DOCS["operating.md"]


@pytest.mark.parametrize("name", FILTERS)
def test_filter_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCS["api.md"]


def test_every_make_target_of_the_docs_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", EVERYTHING, re.MULTILINE))

    assert {"demo", "test"} <= named
    assert named - targets == set()


def test_every_link_of_the_docs_leads_somewhere() -> None:
    folders = {name: ROOT if name == "README.md" else ROOT / "docs" for name in DOCS}
    links = [(name, link) for name, text in DOCS.items() for link in re.findall(r"\]\(([^)#:]+)\)", text)]

    assert [(name, link) for name, link in links if not (folders[name] / link).exists()] == []


def test_every_api_address_is_documented() -> None:
    assert get_resolver().resolve("/api/v1/changes/").url_name is not None
    kinds = ["claims", "speakers", "sources", "topics", "rating-scales", "pages", "changes"]

    assert [kind for kind in kinds if f"/api/v1/{kind}/" not in DOCS["api.md"]] == []


@pytest.mark.django_db
def test_verifier_of_the_docs_accepts_the_record_and_finds_a_change() -> None:
    demo.load()
    code = re.search(r"```python\n(.*?)```", DOCS["record.md"], re.DOTALL)
    assert code is not None
    names: dict[str, object] = {}
    exec(code[1], names)
    check = names["check"]
    assert callable(check)
    editions = [json.loads(record.envelope(edition)) for edition in Edition.objects.all()]
    last = editions[-1]["digest"]

    assert check([dict(edition) for edition in editions]) == last

    editions[20]["document"]["slug"] += "x"
    with pytest.raises(AssertionError) as error:
        check([dict(edition) for edition in editions])
    assert str(error.value).startswith(str(editions[20]["sequence"]))
