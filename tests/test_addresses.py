import string
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.addresses import normalise, site_of

modest = settings(max_examples=50, deadline=None)

NOT_WEB = "This is not a web address. It must start with http:// or https://."

words = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
parameters = st.lists(st.tuples(words, st.text(max_size=8)), max_size=4)


@pytest.mark.parametrize(
    "spelling",
    [
        "http://paper.example/a",
        "HTTPS://Paper.Example/a",
        "https://www.paper.example/a",
        "https://paper.example:443/a",
        "http://paper.example:80/a",
        "https://paper.example/a/",
        "https://paper.example/a#part",
        "https://paper.example/a?utm_source=x&UTM_Medium=y&fbclid=1",
        "  https://paper.example/a\n",
    ],
)
def test_normalise_another_spelling(spelling: str) -> None:
    assert normalise(spelling) == normalise("https://paper.example/a") == "paper.example/a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.example/a", "https://paper.example/A"),
        ("https://paper.example/a", "https://paper.example:8443/a"),
        ("https://paper.example/a", "https://paper.example:80/a"),
        ("http://paper.example/a", "http://paper.example:443/a"),
        ("https://paper.example/a", "https://other.example/a"),
        ("https://paper.example/a?id=1", "https://paper.example/a?id=2"),
        ("https://paper.example/a?id=", "https://paper.example/a"),
        # Two words in EUC-KR: neither is UTF-8, and they are not the same.
        ("https://paper.example/?q=%B1%E8", "https://paper.example/?q=%C0%CC"),
    ],
)
def test_normalise_another_document(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_normalise_parameters_in_another_order() -> None:
    assert normalise("https://paper.example/?b=2&a=1") == normalise("https://paper.example/?a=1&b=2")


def test_normalise_letters_written_or_escaped() -> None:
    assert normalise("https://paper.example/?q=북한") == normalise("https://paper.example/?q=%EB%B6%81%ED%95%9C")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "paper.example/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://paper.example/",
        "https://",
        "https:///a",
    ],
)
def test_normalise_what_is_not_on_the_web(url: str) -> None:
    with pytest.raises(ValueError, match="web address") as caught:
        normalise(url)

    assert str(caught.value) == NOT_WEB


@pytest.mark.parametrize("url", ["https://ed@paper.example/", "https://ed:secret@paper.example/"])
def test_normalise_with_credentials(url: str) -> None:
    with pytest.raises(ValueError, match="user name") as caught:
        normalise(url)

    assert str(caught.value) == "An address must not carry a user name or a password."


@pytest.mark.parametrize("url", ["https://[::1", "https://paper.example:99999/", "https://paper.example:x/"])
def test_normalise_what_cannot_be_split(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        normalise(url)


@modest
@given(words, st.lists(words, max_size=3), parameters)
def test_normalise_again_changes_nothing(host: str, path: list[str], query: list[tuple[str, str]]) -> None:
    key = normalise(f"https://www.{host}.example/{'/'.join(path)}?{urlencode(query)}")

    assert normalise(f"http://{key}") == key


@modest
@given(st.text(max_size=40))
def test_normalise_any_text_answers_or_refuses(text: str) -> None:
    try:
        key = normalise(f"https://{text}")
    except ValueError:
        return

    assert "//" not in key.partition("/")[0]


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://facts.example/", "facts.example"),
        ("http://WWW.Facts.example:8000/a/", "facts.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("https://facts.example/www.other.example/", "facts.example"),
    ],
)
def test_site_of_an_address(address: str, site: str) -> None:
    assert site_of(address) == site
