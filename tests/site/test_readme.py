from pathlib import Path

from partnership.notices.management.commands.duties_table import duties_table

README = Path(__file__).parents[2] / "README.md"


def test_readme_shows_the_duties_that_the_code_knows():
    text = README.read_text("utf-8")
    shown = text.split("<!-- duties -->")[1].split("<!-- /duties -->")[0]

    assert shown.strip() == duties_table()


def test_readme_names_both_commands_in_its_first_screen():
    first_screen = "\n".join(README.read_text("utf-8").splitlines()[:25])

    assert "python3 manage.py demo" in first_screen
    assert "python3 manage.py test" in first_screen
