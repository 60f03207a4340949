"""Parameters: what a parameters cell may hold, and which values may replace its defaults."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papermill.translators import papermill_translators

from threatledger.chain.parameters import check_value, read_parameters


def test_plain_lines_are_read_in_order():
    source = (
        'edition = "default"  # folder in reports/\n\n# where\nplaces = [\n    "IRQ",\n]\n'
        "least = -1\nshare = 0.5\nis_strict = True\nnames = {'a': 1}\n"
    )
    assert read_parameters(source) == {
        "edition": "default",
        "places": ["IRQ"],
        "least": -1,
        "share": 0.5,
        "is_strict": True,
        "names": {"a": 1},
    }


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('places: list = ["IRQ"]', "is not a plain line"),
        ("least = 1 + 1", "is not a plain line"),
        ("as_of = today()", "is not a plain line"),
        ("import os", "is not a plain line"),
        ("a = b = 1", "is not a plain line"),
        ("a, b = 1, 2", "is not a plain line"),
        ("a.b = 1", "is not a plain line"),
        ("a = None", "is not a plain line"),
        ("a = (1, 2)", "is not a plain line"),
        ("a = 1\na = 2", "a is set twice"),
        ("a = [1,\n2", "line 1 is not Python"),
    ],
)
def test_other_lines_are_refused(source, told):
    with pytest.raises(ValueError, match=told):
        read_parameters(source)


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("2020-03-31", "latest", "2020-03-31"),
        (2020, "latest", "2020"),
        (3, 1, 3),
        (2, 0.5, 2.0),
        (0.25, 0.5, 0.25),
        (False, True, False),
        (["SYR"], ["IRQ"], ["SYR"]),
        ([], ["IRQ"], []),
        (["SYR"], [], ["SYR"]),
        ([1, 2], [3], [1, 2]),
        ({"a": 1}, {}, {"a": 1}),
    ],
)
def test_a_value_of_the_default_s_kind(value, default, expected):
    checked = check_value(value, default)
    assert checked == expected
    assert type(checked) is type(expected)


@pytest.mark.parametrize(
    ("value", "default", "told"),
    [
        ("three", 1, "three is given where a whole number is needed"),
        (True, 1, "true is given where a whole number"),
        (1.5, 1, "1.5 is given where a whole number"),
        (1, True, "1 is given where true or false"),
        ("yes", True, "yes is given where true or false"),
        (True, "latest", "true is given where text"),
        (None, "latest", "nothing is given where text"),
        ("IRQ", ["IRQ"], "IRQ is given where a list"),
        ([True], ["IRQ"], "in the list, true is given where text"),
        (["IRQ"], [1], "in the list, IRQ is given where a whole number"),
        ({"a": 1}, ["IRQ"], "is given where a list"),
        ("x" * 100, 1, "xxx… is given"),
    ],
)
def test_a_value_of_another_kind(value, default, told):
    with pytest.raises(ValueError, match=told):
        check_value(value, default)


CODE = [
    "__import__('os').system('touch made')",
    '"; open("made", "w"); "',
    "'''; raise SystemExit; \"\"\"",
    "\\",
    "\\'",
    "a\nimport os\n",
    "\r\x0c\u2028import os",
    "{{ 7*7 }} {% raw %} {edition} %s ${x} #",
    "\ud7ff\U0001f600\0",
]
TEXT = st.text(max_size=20) | st.sampled_from(CODE)
VALUES = st.recursive(
    TEXT | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["as_of", "places", "title"]), VALUES))
def test_no_value_becomes_code_in_the_cell_that_papermill_writes(values):
    source = papermill_translators.find_translator("python3", "python").codify(values)
    statements = ast.parse(source).body
    assert {s.targets[0].id: ast.literal_eval(s.value) for s in statements} == values
