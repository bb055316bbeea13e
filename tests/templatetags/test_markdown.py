import re
import time

import pytest

from claims.templatetags.markdown import markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("One\nTwo", "<p>One<br>\nTwo</p>\n"),
        ("*so* and **so**", "<p><em>so</em> and <strong>so</strong></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("# Why\n\n## So", "<h2>Why</h2>\n<h3>So</h3>\n"),
        ("[us](/about/)", '<p><a href="/about/">us</a></p>\n'),
        (
            "[it](https://a.example)",
            '<p><a href="https://a.example" rel="noopener external" class="external">it</a></p>\n',
        ),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>\n"),
        ("2 * 3 * 4 = 24", "<p>2 * 3 * 4 = 24</p>\n"),
        ("북한은 **아니다**", "<p>북한은 <strong>아니다</strong></p>\n"),
        ("", ""),
    ],
)
def test_markdown_of_what_newsrooms_write(text: str, expected: str) -> None:
    assert markdown(text) == expected


def test_markdown_headings_below_a_level() -> None:
    assert re.findall(r"<(h\d)>", markdown("# a\n\n## b\n\n###### c", 3)) == ["h3", "h4", "h6"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<!-- x --> <style>*{}</style> <iframe src=//evil>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](//evil.example)",
        "[x](\\\\evil.example)",
        "<javascript:alert(1)>",
        '[x](https://a.example "onclick=alert(1)")',
        '[x](https://a.example/"onmouseover="alert(1))',
        "![x](https://evil.example/pixel.png)",
        "[x]: javascript:alert(1)\n\n[x]",
        "`</code><script>`",
    ],
)
def test_markdown_of_hostile_text(text: str) -> None:
    found = markdown(text)

    assert set(re.findall(r"</?([a-z0-9]+)", found)) <= {"p", "a", "br"}
    assert [href for href in re.findall(r'href="([^"]*)"', found) if not re.match(r"https://|/[^/]", href)] == []
    assert re.findall(r"<a [^>]*\bon\w+=", re.sub(r'"[^"]*"', '""', found)) == []


@pytest.mark.parametrize("text", [part * 10000 for part in ("[", "*a", ">", "- ", "\\", "[a](", "<", "![", "**")])
def test_markdown_of_text_made_to_take_long(text: str) -> None:
    before = time.process_time()

    markdown(text)

    assert time.process_time() - before < 5
