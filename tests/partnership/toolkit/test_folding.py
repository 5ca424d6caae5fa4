import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.toolkit.folding import bare_words, folded
from tests.names import ACCEPTED


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Siân O’Neill", "sian o'neill"),
        ("  Zoë   Brontë\n", "zoe bronte"),
        ("Straße", "strasse"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("ﬁne", "fine"),
        ("", ""),
    ],
)
def test_text_is_folded_to_plain_lower_case(text, plain):
    assert folded(text) == plain


@pytest.mark.parametrize("name", [shown for _value, shown in ACCEPTED])
def test_a_name_is_found_however_it_is_typed(name):
    assert folded(name)
    for typed in (name, name.upper(), name.lower(), folded(name), f" {name} "):
        assert folded(typed) == folded(name)


@given(text=st.text())
def test_what_is_folded_has_one_space_between_words(text):
    assert folded(text) == " ".join(folded(text).split())


def test_words_with_marks_in_them_are_also_known_without():
    assert bare_words(folded("St. Mary’s C.E. Primary, Ashton-under-Lyne")) == (
        "st marys ce ashtonunderlyne"
    )
    assert bare_words("diggle school") == ""
