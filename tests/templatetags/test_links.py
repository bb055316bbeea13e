import pytest

from claims.templatetags.links import passage, web_address


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example/b?c=d#e"])
def test_web_address_on_the_web(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript://a.example/%0aalert(1)",
        "data:text/html,x",
        "//a.example",
        "/a",
        "https://",
        " https://a.example",
        "https://a.example/\x00",
        "ftp://a.example",
    ],
)
def test_web_address_of_anything_else(url: str | None) -> None:
    assert web_address(url) == ""


def test_passage_names_a_short_quotation_whole() -> None:
    assert passage("https://a.example/b", "so-called “talks”, 1 & 2") == (
        "https://a.example/b#:~:text=so%2Dcalled%20%E2%80%9Ctalks%E2%80%9D%2C%201%20%26%202"
    )


def test_passage_names_a_long_quotation_by_its_ends() -> None:
    quotation = " ".join(f"w{number}" for number in range(40))

    assert passage("https://a.example/b", quotation) == (
        "https://a.example/b#:~:text=w0%20w1%20w2%20w3%20w4,w35%20w36%20w37%20w38%20w39"
    )


def test_passage_keeps_a_fragment() -> None:
    assert passage("https://a.example/b#part", "word") == "https://a.example/b#part:~:text=word"


@pytest.mark.parametrize("quotation", [None, "", "  "])
def test_passage_without_quotation(quotation: str | None) -> None:
    assert passage("https://a.example/b", quotation) == "https://a.example/b"


def test_passage_without_address() -> None:
    assert passage("javascript:alert(1)", "word") == ""
