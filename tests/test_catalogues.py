"""What readers see is translated: every text, into every language of the site, with all that it names."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests import catalogues
from tests.catalogues import BLOCK, ENGLISH, LOCALE, PUBLIC, ROOT, TEMPLATES

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
FORMS = {"ko": 1, "ar": 6}
# Names, and numbers of errors, are the same in every language.
NAMES = {"API", "Atom", "JSON Feed", "Wikidata", "SHA-256", "Markdown JSON JSON-LD"}
NAME = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"<[^>]+>")


def po(language: str) -> list[catalogues.Entry]:
    return catalogues.read(LOCALE / language / "LC_MESSAGES" / "django.po")


def test_catalogues_are_there_for_every_language() -> None:
    assert sorted(path.name for path in LOCALE.iterdir()) == sorted(LANGUAGES) == sorted(FORMS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_text_and_no_other(language: str) -> None:
    known = {(entry.context, entry.text) for entry in po(language)[1:]}

    assert known ^ catalogues.used() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language: str) -> None:
    entries = po(language)[1:]

    unfinished = [
        entry.text
        for entry in entries
        if entry.fuzzy
        or not all(form.strip() for form in entry.forms.values())
        or sorted(entry.forms) != list(range(FORMS[language] if entry.plural else 1))
    ]
    assert unfinished == []
    assert len(entries) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_has_the_names_and_tags_of_its_text(language: str) -> None:
    different = [
        (entry.text, form)
        for entry in po(language)[1:]
        for form in entry.forms.values()
        if set(NAME.findall(form)) != set(NAME.findall(entry.text))
        or sorted(TAG.findall(form)) != sorted(TAG.findall(entry.text))
    ]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_of_this_one(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        catalogue = vars(gettext.GNUTranslations(file))["_catalog"]

    expected = catalogues.compiled(po(language))
    # The compiler leaves the time out.
    expected[""] = re.sub(r"POT-Creation-Date: .*\n", "", expected[""])
    assert catalogue == expected


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_template_has_no_text_that_is_not_translated(path: Path) -> None:
    text = BLOCK.sub(" ", path.read_text(encoding="utf-8"))
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{[%{].*?[%}]\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<code>.*?</code>", " ", text)
    attributes = re.findall(r'(?:aria-label|title|placeholder|alt|name="description" content)="([^"]*)"', text)
    shown = [*TAG.sub("\n", text).splitlines(), *attributes]

    assert [line.strip() for line in shown if re.search(r"[^\W\d_]{2}", line) and line.strip() not in NAMES] == []


def test_templates_that_stay_english_exist() -> None:
    assert [name for name in ENGLISH if not (TEMPLATES / name).exists()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "claims" / "web").glob("*.py")), ids=lambda path: path.name)
def test_page_code_raises_no_text_that_is_not_translated(path: Path) -> None:
    raised = [
        node.exc.args
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    ]

    assert [ast.dump(arg) for args in raised for arg in args if isinstance(arg, ast.Constant | ast.JoinedStr)] == []
