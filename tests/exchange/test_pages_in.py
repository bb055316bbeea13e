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


def test_script_in_a_comment_is_no_part_of_the_page() -> None:
    script = '<script type="application/ld+json">{}</script>'

    assert list(pages_in.scripts(f"<!-- {script} -->{script.replace('{}', '[]')}<!-- {script}")) == ["[]", "{}"]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<link rel="canonical" href="https://c.example/?a=1&amp;b=2">', "https://c.example/?a=1&b=2"),
        ("<link data-x href='https://c.example/1' rel=canonical />", "https://c.example/1"),
        ('<link rel="alternate" href="https://c.example/1">', ""),
        ("<LINK REL=CANONICAL>", ""),
    ],
)
def test_address_of_a_page(link: str, address: str) -> None:
    assert pages_in.address_of(f"<html><head>{link}</head>") == address


@pytest.mark.parametrize(
    ("page", "language"),
    [('<!doctype html>\n<html class="a" lang="pt-BR">', "pt-BR"), ("<html lang=ar dir=rtl>", "ar"), ("<html>", "")],
)
def test_language_of_a_page(page: str, language: str) -> None:
    assert pages_in.language_of(page) == language
