import json
import time
from typing import Any

import pytest

from claims.exchange.json_mending import before_the_cut, one_after_the_other, parsed

ITEMS = [{"a": [{"b": "]}[{"}, 1]}, {"c": {"d": "ü\\" + '"'}}, {"e": 3}]


@pytest.mark.parametrize(
    ("text", "value", "message"),
    [
        ('{"a": 1,}', {"a": 1}, "This is not quite JSON, and was mended"),
        ('{"a": "x\ny"}', {"a": "x\ny"}, "This is not quite JSON, and was mended"),
        (r'{"a": "it\'s \\"}', {"a": "it's \\"}, "This is not quite JSON, and was mended"),
        ("{&quot;a&quot;: &quot;x &amp;amp; y&quot;}", {"a": "x &amp; y"}, "This is JSON that was escaped as HTML."),
        ("[{&#34;a&#34;: 1,}]", [{"a": 1}], "This is JSON that was escaped as HTML."),
        ('{"a": "[b, ] {c, }",}', {"a": "[b, ] {c, }"}, "This is not quite JSON, and was mended"),
        ('{// c\n"a": "http://b/*c*/", /* d\n*/}', {"a": "http://b/*c*/"}, "This is not quite JSON, and was mended"),
        ('{"a": 1 /* d', None, "This is not JSON"),
        ("{a: 1}", None, "This is not JSON"),
        ("[" * 100_000, None, "It is nested too deeply."),
    ],
)
def test_small_mistakes_are_mended_and_said(text: str, value: Any, message: str) -> None:
    found, findings = parsed(text)

    assert (found, findings[0].message.startswith(message)) == (value, True)


def test_json_that_is_right_is_left_as_it_is() -> None:
    assert parsed(r'{"a": "&quot;\u00e9,}"}') == ({"a": "&quot;é,}"}, [])


def test_values_one_after_the_other() -> None:
    assert one_after_the_other('{"a": 1}\n\n{"a": 2},[3]') == [{"a": 1}, {"a": 2}, [3]]
    assert one_after_the_other('{"a": 1} and') == []


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    ("before", "after"), [([], {}), ({"@context": ["x", {"y": 1}], "people": [{"z": 1}]}, {"x": {"items": None}})]
)
def test_cut_document_keeps_its_shape_and_what_is_whole(indent: int | None, before: Any, after: Any) -> None:
    document = before | {"x": {"items": ITEMS}} if after else ITEMS
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    end = text.index('{"e"') if indent is None else text.index('"e"')

    value, cut = before_the_cut(text[: end + 2])

    assert value == (before | {"x": {"items": ITEMS[:2]}} if after else ITEMS[:2])
    assert text[:cut].rstrip().endswith("}")
    assert cut < end


def test_list_within_the_first_object_of_a_list_that_was_cut() -> None:
    assert before_the_cut('{"feed": [{"item": [{"a": 1}, {"b": 2}, {"c"')[0] == {
        "feed": [{"item": [{"a": 1}, {"b": 2}]}]
    }


@pytest.mark.parametrize("text", ["", "[", "[1, 2", '{"a": [{"b": ', "nonsense [{", "[{]" * 50])
def test_nothing_is_whole(text: str) -> None:
    assert before_the_cut(text) == (None, 0)


@pytest.mark.parametrize("part", ['[{"a":', '[{"a":1},', '"[{', "[{\\", '\\"', "/*", "//", ", "])
def test_a_megabyte_of_what_is_cut_takes_no_time(part: str) -> None:
    start = time.process_time()

    before_the_cut(part * (1_000_000 // len(part)))

    assert time.process_time() - start < 3
