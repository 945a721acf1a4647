"""Style sheets and scripts keep to the tokens and ask no other server."""

import re

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "static"
SHEETS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.css"))
SCRIPTS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(")
PHYSICAL = re.compile(r"(?<![-\w])(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|text-align\s*:\s*(?:left|right)\b|float\s*:\s*(?:left|right)")
FOREIGN = re.compile(r"(?:url\(|@import|fetch\(|import\s)[^\n;]*https?://")


def read(name):
    """Return a file without its comments."""
    return re.sub(r"/\*.*?\*/", "", (FOLDER / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def defines_colours(name):
    return "tokens" in name or "themes/" in name or "plotly" in name


@pytest.mark.parametrize("name", [name for name in SHEETS if not defines_colours(name)])
def test_colours_come_from_the_tokens(name):
    assert COLOUR.findall(re.sub(r"url\([^)]*\)", "", read(name))) == []


@pytest.mark.parametrize("name", [name for name in SHEETS if "utilities" not in name and "plotly" not in name])
def test_important_is_for_utilities(name):
    assert "!important" not in read(name)


@pytest.mark.parametrize("name", [name for name in SHEETS if "plotly" not in name])
def test_sides_are_logical_so_that_right_to_left_works(name):
    assert PHYSICAL.findall(read(name)) == []


@pytest.mark.parametrize("name", [*SHEETS, *SCRIPTS])
def test_no_file_asks_another_server(name):
    assert FOREIGN.findall(read(name)) == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_need_no_eval_and_write_no_markup(name):
    assert re.findall(r"\beval\(|new Function|innerHTML|document\.write|\.style\.", read(name)) == []
