import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.query import Query, Term, parse


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Summits", Term(("summits",), "Summits", written="summits")),
        ("denuclear*", Term(("denuclear",), prefix=True)),
        ("a*", Term(("a",), "a")),
        ('"Third countries"', Term(("third", "countries"))),
        ('"third', Term(("third",))),
        ("third-country", Term(("third", "country"))),
        ("Speaker:Biegun", Term(("biegun",), "Biegun", field="speaker", written="biegun")),
        ('speaker:"Kim Jong Un"', Term(("kim", "jong", "un"), field="speaker")),
        ("nothing:biegun", Term(("nothing", "biegun"))),
        ("북한", Term(("북한",), written="북한")),
        ("한", Term(("한",), prefix=True, written="한")),
        ("남북한", Term(("남북", "북한"), written="남북한")),
        ('"핵 실험"', Term(("핵", "실험"))),
        ("(summit)", Term(("summit",), "summit", written="summit")),
    ],
)
def test_parse_one_term(text: str, wanted: Term) -> None:
    assert parse(text) == Query((wanted,), (), empty=False)


def test_parse_what_is_not_wanted() -> None:
    found = parse('summit -treaty -"third country" -speaker:kim')

    assert [term.tokens for term in found.wanted] == [("summit",)]
    assert [(term.tokens, term.field) for term in found.unwanted] == [
        (("treaty",), ""),
        (("third", "country"), ""),
        (("kim",), "speaker"),
    ]


@pytest.mark.parametrize("text", ["", "  "])
def test_parse_nothing(text: str) -> None:
    assert parse(text) == Query()


@pytest.mark.parametrize("text", ["*", "-", '""', "🚀", 'speaker:""', "\0", "- - -", "_"])
def test_parse_nothing_to_search_for(text: str) -> None:
    found = parse(text)

    assert (found.wanted, found.unwanted) == ((), ())


def test_parse_repeated_terms_once() -> None:
    assert len(parse("a b a b").wanted) == 2


def test_parse_few_prefixes() -> None:
    found = parse("aa* bb* cc* -dd* ee* ff* gg")

    assert [term.prefix for term in found.wanted] == [True, True, True, True, False, False]


@given(st.text(max_size=400))
def test_parse_makes_tokens_that_no_engine_could_misread(text: str) -> None:
    found = parse(text)

    tokens = [token for term in found.wanted + found.unwanted for token in term.tokens]
    assert [token for token in tokens if set(token) & set(" '\"\\:*()&|!<>{}^+-\0_") or not token] == []
