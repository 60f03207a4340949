"""Who acted: near-misses are what must, should or will be done."""

import pytest

from threatledger.codebook import read_codebook
from threatledger.responses import find_pillar, find_response


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In June 2021, Sweden repatriated three women.", ("Sweden", "repatriated")),
        ("Twelve women were repatriated by Kazakhstan.", ("Kazakhstan", "repatriated")),
        (
            "UNODC and INTERPOL launched a joint programme on borders.",
            ("UNODC and INTERPOL", "launched"),
        ),
        (
            "The government of Niger made considerable progress in screening suspects.",
            ("government of Niger", "made considerable progress"),
        ),
        ("Sweden should repatriate the women.", None),
        ("Member States must intensify work with courts.", None),
        ("Sweden has not repatriated anyone.", None),
        ("The mission will train judges.", None),
        ("The group launched attacks on Kenya.", None),  # the actor is no body or state
        ("Women were repatriated last year.", None),  # nobody is named
        ("The group, which Iraq borders, launched an attack.", None),
    ],
)
def test_find_response(sentence, expected):
    assert find_response(sentence, read_codebook()) == expected


@pytest.mark.parametrize(
    ("sentence", "heading", "pillar"),
    [
        ("The court sentenced nine suspects.", "", "prosecution"),
        ("The team adopted a plan.", "Counter-Financing of Terrorism", "financing"),
        ("The team adopted a plan.", "Annex", None),
    ],
)
def test_find_pillar(sentence, heading, pillar):
    assert find_pillar(sentence, heading, read_codebook()) == pillar
