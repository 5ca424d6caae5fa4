import pytest

from partnership.toolkit.telephones import with_telephones


@pytest.mark.parametrize(
    ("words", "dialled"),
    [
        ("0161 496 0123", ["01614960123"]),
        ("Sam Lees, 0161 496 0124", ["01614960124"]),
        ("Sam Lees (0161) 496-0124, ext. 12", ["01614960124"]),
        ("+44 (0)161 496 0125 or 07700 900123", ["+441614960125", "07700900123"]),
        ("07700 900123/07700 900124", ["07700900123", "07700900124"]),
        ("07700 900123 07700 900124", ["07700900123", "07700900124"]),
        ("01697 73123", ["0169773123"]),
        ("4960123", ["4960123"]),
        ("Malcolm Rhodes, by the school’s office", []),
        ("Room 12, since 1 September 2026", []),
        ("Since 01/09/2026", []),
        ("ext. 204", []),
        ("()-", []),
        ("", []),
    ],
)
def test_numbers_among_words_can_be_rung(words, dialled):
    found = with_telephones(words)

    assert [part.partition('"')[0] for part in found.split('href="tel:')[1:]] == dialled


def test_a_number_stands_as_it_was_typed_and_what_is_beside_it_is_escaped():
    found = with_telephones("<b>Jo & co</b> 0161 496 0123")

    assert found == ('&lt;b&gt;Jo &amp; co&lt;/b&gt; <a href="tel:01614960123">0161 496 0123</a>')
