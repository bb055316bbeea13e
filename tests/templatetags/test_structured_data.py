import json

from claims.templatetags.structured_data import structured_data

HOSTILE = "</script><!-- & \u2028\u2029 \"' 그렇다"


def test_structured_data_cannot_end_its_element() -> None:
    block = structured_data({"name": HOSTILE})

    body = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert [character for character in "<>&\u2028\u2029" if character in body] == []
    assert json.loads(body) == {"name": HOSTILE}
