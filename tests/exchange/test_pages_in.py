import pytest

from claims.exchange import pages_in


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}",
        " \n{}\n ",
        "<!-- {} -->",
        "<!--\n{}\n//-->",
        "//<![CDATA[\n{}\n//]]>",
        "// <![CDATA[\n{}\n// ]]>",
        "/* <![CDATA[ */ {} /* ]]> */",
        "/*<![CDATA[*/{}/*]]>*/",
        "<![CDATA[{}]]>",
        "{};",
    ],
)
def test_script_without_what_it_is_wrapped_in(wrapped: str) -> None:
    json = '{"a": "]]> -->"}'
    page = f'<script type="application/ld+json">{wrapped.replace("{}", json)}</script>'

    assert [script.strip() for script in pages_in.scripts(page)] == [json]


def test_other_scripts_are_none_of_it() -> None:
    assert list(pages_in.scripts("<script>{}</script><script type='text/javascript'>{}</script>")) == []


@pytest.mark.parametrize(
    ("page", "language"),
    [('<!doctype html>\n<html class="a" lang="pt-BR">', "pt-BR"), ("<html lang=ar dir=rtl>", "ar"), ("<html>", "")],
)
def test_language_of_a_page(page: str, language: str) -> None:
    assert pages_in.language_of(page) == language
