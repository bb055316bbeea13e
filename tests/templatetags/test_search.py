from claims.templatetags.search import marked


def test_marked_pieces_are_escaped() -> None:
    pieces = [("a <b> ", False), ("\"&'", True), (" c", False)]

    assert marked(pieces) == "a &lt;b&gt; <mark>&quot;&amp;&#x27;</mark> c"
