from io import BytesIO

import pytest

from claims.exchange import importing
from claims.exchange.mapping import Mapping
from claims.exchange.microdata import MOST_NESTED, items_in

MICRODATA = """<html lang="pt-BR"><head><meta property="og:title" content="x"><title>É <b itemscope></title></head>
<body>
<!-- <div itemscope itemtype="http://schema.org/ClaimReview"></div> -->
<div itemscope itemtype="http://schema.org/ClaimReview"><p>
  <meta itemprop="datePublished" content="2020-03-05"><a itemprop="url" href="/checagem/1">Ler</a>
  <h1 itemprop="claimReviewed">Água com limão &amp; alho <b>cura</b><br>covid</h1>
  <div itemprop="author" itemscope itemtype="http://schema.org/Organization">
    <a itemprop="name" href="https://lupa.example/">Lupa &amp; Cia</a></div>
  <div itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating">
    <meta itemprop="ratingValue" content=1 /><meta itemprop="bestRating" content='5'>
    <span itemprop="alternateName">Falso</span></div>
  <div itemprop="itemReviewed" itemscope itemtype="http://schema.org/Claim">
    <span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Fulano</span></span>
    <time itemprop="datePublished" datetime="2020-03-01">1º de março</time></div>
</div></body></html>"""
RDFA = """<html lang="es"><body vocab="https://schema.org/">
<article typeof="schema:ClaimReview" resource="#r"><meta property="schema:claimReviewed" content="El agua cura">
<a property="url" href="https://maldita.example/1">x</a>
<div property="author" typeof="Organization"><span property="name">Maldita</span></div>
<div property="reviewRating" typeof="Rating"><span property="alternateName">Bulo</span></div></article></body></html>"""


def test_microdata_as_nodes() -> None:
    [review] = items_in(MICRODATA)

    assert review == {
        "@type": ["http://schema.org/ClaimReview"],
        "datePublished": "2020-03-05",
        "url": "/checagem/1",
        "claimReviewed": "Água com limão & alho cura covid",
        "author": {"@type": ["http://schema.org/Organization"], "name": "Lupa & Cia"},
        "reviewRating": {
            "@type": ["http://schema.org/Rating"],
            "ratingValue": "1",
            "bestRating": "5",
            "alternateName": "Falso",
        },
        "itemReviewed": {
            "@type": ["http://schema.org/Claim"],
            "author": {"@type": ["http://schema.org/Person"], "name": "Fulano"},
            "datePublished": "2020-03-01",
        },
    }


def test_rdfa_as_nodes() -> None:
    assert items_in(RDFA) == [
        {
            "@type": ["schema:ClaimReview"],
            "@id": "#r",
            "claimReviewed": "El agua cura",
            "url": "https://maldita.example/1",
            "author": {"@type": ["Organization"], "name": "Maldita"},
            "reviewRating": {"@type": ["Rating"], "alternateName": "Bulo"},
        }
    ]


@pytest.mark.parametrize(
    ("page", "items"),
    [
        ("<div itemscope><b itemprop='a b'>x</b><i itemprop=a>y</i></div>", [{"@type": [], "a": ["x", "y"], "b": "x"}]),
        ("<div itemscope><p itemprop=a>x</div><p itemprop=b>y", [{"@type": [], "a": "x"}]),
        ("<div itemscope></p></span><b itemprop=a>x", [{"@type": [], "a": "x"}]),
        ("<div itemscope><b itemprop=@type>x</b><img itemprop=a src=y></div>", [{"@type": [], "a": "y"}]),
        ("<script>'<div itemscope>'</script><style><p itemscope></style>", []),
        ("<div itemscope><!-- <b itemprop=a>x</b>", [{"@type": []}]),
        ("<div itemscope><script>", [{"@type": []}]),
        ("<div itemscope itemid='#x'><p itemscope>", [{"@type": [], "@id": "#x"}, {"@type": []}]),
        ("<b itemprop=a>x</b> a < b <", []),
    ],
)
def test_pages_as_they_are_written(page: str, items: list[object]) -> None:
    assert items_in(page) == items


def test_properties_within_properties_end_somewhere() -> None:
    [item] = items_in(f"<div itemscope>{'<p itemprop=a>x' * 10_000}")

    assert len(item["a"]) == MOST_NESTED


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (
            MICRODATA,
            ("Água com limão & alho cura covid", "pt-BR", "Lupa & Cia", "https://lupa.example/checagem/1", "Falso"),
        ),
        (RDFA, ("El agua cura", "es", "Maldita", "https://maldita.example/1", "Bulo")),
    ],
    ids=["microdata", "rdfa"],
)
def test_review_of_a_page_without_json_ld(page: str, read: tuple[str, ...]) -> None:
    [row] = importing.read(BytesIO(page.encode()), "claimreview", Mapping(), base="https://lupa.example/")

    [review] = row.reviews
    assert (row.text, row.language, review.publisher, review.url, review.rating) == read


def test_page_that_says_the_same_as_json_ld_is_read_once() -> None:
    json = '{"@type": "ClaimReview", "claimReviewed": "Once", "url": "https://lupa.example/1"}'
    page = f'{MICRODATA}<script type="application/ld+json">{json}</script>'

    rows = importing.read(BytesIO(page.encode()), "claimreview", Mapping())

    assert [row.text for row in rows] == ["Once"]


def test_json_ld_of_something_else_hides_no_microdata() -> None:
    page = f'<script type="application/ld+json">{{"@type": "BreadcrumbList"}}</script>{MICRODATA}'

    rows = importing.read(BytesIO(page.encode()), "claimreview", Mapping())

    assert [row.text for row in rows] == ["Água com limão & alho cura covid"]
