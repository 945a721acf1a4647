"""Every template compiles and keeps the house rules that no formatter checks."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
LONGEST, DEEPEST = 150, 3
TAGS = re.compile(r"{%\s*(end)?(if|for)\b[^%]*%}")
FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an htmx event or script value": re.compile(r"hx-on|[\"']js:"),
    "text switched off from escaping": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
    "a foreign address": re.compile(r"(?:src|action)\s*=\s*[\"']https?:|<link[^>]*href\s*=\s*[\"']https?:"),
    "a comparison with a role": re.compile(r"{%\s*(?:el)?if[^%]*\b(?:role|is_staff|is_superuser)\b"),
}


def read(name):
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_is_short(name):
    assert len(read(name).splitlines()) <= LONGEST


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_nests_at_most_three_conditions_and_loops(name):
    depth = deepest = 0
    for closing, _tag in TAGS.findall(read(name)):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)

    assert deepest <= DEEPEST


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_nothing_forbidden(name):
    text = read(name)

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if '{% extends "base.html" %}' in read(name)])
def test_page_behind_the_door_shows_the_way_to_it(name):
    """My work / programme / section / page; the last step is the page itself."""
    way = read(name).partition("{% block breadcrumbs %}")[2].partition("{% endblock")[0]

    assert "_components/trail.html" in way or "My work" in way, name


@pytest.mark.parametrize("name", TEMPLATES)
def test_page_extends_a_base_or_is_a_fragment(name):
    """A whole page comes from the base; what does not extend it must not open its own document."""
    text = read(name)
    is_own_document = "<html" in text

    assert not is_own_document or name.startswith(("base", "errors/", "50", "40")), name


def test_no_template_is_left_unused():
    sources = [path for folder in ("wijkaanpak", "actors", "ambitions", "residents", "dashboards", "templates") for path in (settings.BASE_DIR / folder).rglob("*")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.suffix in {".py", ".html", ".txt"})
    overriding = ("account/", "mfa/", "usersessions/", "socialaccount/", "allauth/", "admin/", "django/", "errors/")
    standalone = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}

    unused = [name for name in TEMPLATES if name not in standalone and not name.startswith(overriding) and name not in text]
    assert unused == []
