from html import escape
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claims.domain import publishing
from claims.exchange.markdown import Manner, escaped, markdown
from claims.models import Claim
from claims.web.translations import localised
from tests import factories

ADDRESS = "https://facts.example/claims/a/"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rendered(text: str) -> str:
    """The HTML that a reader of Markdown makes of one paragraph."""
    html: str = PARSER.render(text)
    return html


def as_paragraph(text: str) -> str:
    html = escape(text, quote=False).replace('"', "&quot;")
    return f"<p>{html}</p>\n" if text else ""


HOSTILE = [
    "# Heading",
    "a #",
    "> quote",
    "- list",
    "+ list",
    "1. list",
    "1) list",
    "===",
    "---",
    "***",
    "```",
    "~~~",
    "    code",
    "`code`",
    "*a* _b_ ~~c~~",
    "[a](javascript:alert(1))",
    "![a](https://evil.example/x.png)",
    "[a]: https://evil.example",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "&lt;b&gt; &#60;",
    "a\\*b\\",
    "a | b",
    "a\n\n# b\n- c",
    "$x$",
    "\x00a\x1b[31m\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_reads_as_it_is(text: str) -> None:
    clean = " ".join("".join(c for c in text if c in "\n" or (c >= " " and not "\ud800" <= c <= "\udfff")).split())

    assert rendered(escaped(text)) == as_paragraph(clean)


@given(st.text(alphabet=st.sampled_from("ab1 .)(#*_`~[]<>&!|\\+-=:/@$\"'\n\tو한"), max_size=40))
def test_escaped_reads_as_it_is_whatever_it_is(text: str) -> None:
    assert rendered(escaped(text)) == as_paragraph(" ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://evil.example", "https\\://evil.example"),
        ("See www.evil.example", "See www\\.evil.example"),
        ("a@evil.example", "a\\@evil.example"),
    ],
)
def test_escaped_is_no_link_in_dialects_that_make_some(text: str, written: str) -> None:
    assert escaped(text) == written
    assert rendered(written) == as_paragraph(text)


@pytest.mark.django_db
def test_markdown_of_a_full_claim(full_claim: Claim) -> None:
    html = rendered(_markdown(full_claim))

    expected = [
        f"<h1>{full_claim.text}</h1>",
        "<strong>Claimed by</strong>",
        "<strong>Our finding: False.</strong> It is not so.",
        "<h2>How we found it</h2>\n<p>We looked.</p>\n<p>It was not there.</p>",
        "<h2>Evidence</h2>",
        "“It is not.” It shows otherwise.",
        "<h2>Where it was said</h2>",
        "<h2>What others found</h2>",
        f'<a href="{ADDRESS}">',
        "edition 3",
    ]
    assert [text for text in expected if text not in html] == []


@pytest.mark.django_db
def test_markdown_in_a_language_that_the_claim_has() -> None:
    claim = factories.translated_claim()
    claim.evidence.all()[0].source.translations.update(title="제목 *역*")

    with translation.override("ko"):
        html = rendered(_markdown(claim))

    expected = [
        "<h1>주장 역</h1>",
        "<strong>검증 결과: 판정 역.</strong> 요약 역",
        "“판정 역” 판정의 뜻: 정의 역",
        "<h2>근거</h2>",
        "<li>반박: <a href",
        ">제목 *역*</a>, 매체 역. “It is not.” (편집부 번역: 인용 역) 설명글 역</li>",
        "“It is so.” (편집부 번역: 발언 역)",
    ]
    assert [text for text in expected if text not in html] == []
    assert "번역 없음" not in html


@pytest.mark.django_db
def test_markdown_in_a_language_that_the_claim_lacks(full_claim: Claim) -> None:
    with translation.override("ar"):
        html = rendered(_markdown(full_claim))

    assert f"<h1>{full_claim.text}</h1>\n<p><em>غير مترجم: باللغة en</em></p>" in html
    assert html.count("<em>غير مترجم: باللغة en</em>") == 3  # the finding, and how we found it


@pytest.mark.django_db
def test_markdown_of_a_claim_without_a_finding(claim: Claim) -> None:
    html = rendered(_markdown(claim))

    assert "<strong>Not reviewed yet.</strong>" in html
    assert "<h2>" not in html


@pytest.mark.django_db
def test_markdown_of_hostile_text_has_no_markup_of_its_own(claim: Claim) -> None:
    source = factories.SourceFactory.create(title="](x) <img src=x>", url="https://paper.example/a)<b>\"'")
    factories.AppearanceFactory.create(claim=claim, source=source, quotation="# a\n\n<script>")
    claim.text = "![x](https://evil.example/x.png)\n\n# Heading"
    claim.save()

    tokens = _tokens(PARSER.parse(_markdown(claim)))

    assert [token.type for token in tokens if token.type in {"image", "html_inline", "html_block", "fence"}] == []
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert links == ["https://paper.example/a%29%3Cb%3E%22'", ADDRESS]


def _tokens(tokens: Any) -> list[Any]:
    return [part for token in tokens for part in (token, *_tokens(token.children or []))]


def _markdown(claim: Claim) -> str:
    manner = Manner(date=str, language=str)
    document = localised(publishing.preview(claim))
    return markdown(document, address=ADDRESS, site_name="Facts", manner=manner, edition="edition 3")
