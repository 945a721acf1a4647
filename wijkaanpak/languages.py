"""Which pages residents meet, in all the languages of the site, and which texts stand on them. The rest is in Dutch and English.

Texts in templates: of the pages for residents and whatever they extend or include. In Python: of the modules named below.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

FOR_RESIDENTS = ("nl", "en", "tr", "ar", "pl", "uk")
FOR_COLLEAGUES = ("nl", "en")
VIEWS = {
    "dashboards": {"home", "neighbourhood", "public_ambition", "public_figures", "recognise"},
    "residents": {
        "give_input", "input_thanks", "asked_and_done", "follow_enter", "follow", "verify_mail", "unsubscribe", "erase_contact",
        "privacy", "accessibility", "house_rules",
    },
    "": {"set_language"},
}  # fmt: skip
PAGES = (
    "dashboards/public/home.html", "dashboards/public/neighbourhood.html", "dashboards/public/ambition.html",
    "dashboards/public/figures.html", "dashboards/public/recognise.html",
    "residents/*.html", "residents/mail/*.txt", "40*.html", "429.html", "django/forms/**/*.html",
    "_components/[!ps]*.html", "_components/s[!i]*.html", "_components/public_header.html", "_components/site_footer.html",
)  # fmt: skip
OF_COLLEAGUES = (
    "inbox", "input_detail", "input_enter", "input_entered", "handed_over", "_answer_form", "_facts", "_links", "_moderate", "_route_form", "_row", "_said"
)  # fmt: skip
WHOLE: tuple[str, ...] = ()
PARTS: dict[str, tuple[str, ...]] = {
    "residents/choices.py": ("InputKind", "HouseRule", "EndState", "Recognised"),
    "residents/contacts.py": WHOLE,
    "residents/forms/follow.py": WHOLE,
    "residents/forms/screens.py": WHOLE,
    "residents/guard.py": WHOLE,
    "residents/models.py": ("PURPOSE_AND_RETENTION",),
    "residents/places.py": WHOLE,
    "residents/views/follow.py": WHOLE,
    "ambitions/choices.py": ("CommitmentState", "Signal", "Report", "Stage", "Influence"),
    "dashboards/choices.py": ("Trend", "Reason"),
    "dashboards/figures/areas.py": WHOLE,
    "dashboards/figures/drawings.py": WHOLE,
    "dashboards/figures/public.py": WHOLE,
    "dashboards/forms/figures.py": ("RecognitionForm",),
    "dashboards/series/cards.py": WHOLE,
    "dashboards/series/maps.py": WHOLE,
    "dashboards/templatetags/figures.py": WHOLE,
    "dashboards/wording.py": WHOLE,
    "wijkaanpak/indicators/signs.py": WHOLE,
    "wijkaanpak/components.py": WHOLE,
}
REFERENCE = re.compile(r'{% (?:extends|include) "([^"]+)"')


class LanguageMiddleware:
    """Shows a page that is not in the language of the visitor in Dutch, from left to right."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if translation.get_language() not in offered(request.resolver_match):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE


def offered(match) -> tuple[str, ...]:
    """Return the languages a page is in. An address that leads nowhere is answered in the language of whoever asks."""
    if match is None or match.url_name in VIEWS.get(match.namespace, ()):
        return FOR_RESIDENTS
    return FOR_COLLEAGUES


@cache
def templates() -> frozenset[Path]:
    """Return the pages and mails for residents, with the templates they are made of."""
    root = settings.BASE_DIR / "templates"
    waiting = [path for pattern in PAGES for path in root.glob(pattern) if path.is_file() and path.stem not in OF_COLLEAGUES]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            named = (root / name for name in REFERENCE.findall(path.read_text(encoding="utf-8")))
            waiting += [part for part in named if part.exists()]  # the others are those of Django
    return frozenset(found)


def python(path: Path) -> Iterator[bytes]:
    """Return the parts of a module whose texts residents meet."""
    names = PARTS.get(path.relative_to(settings.BASE_DIR).as_posix())
    source = path.read_text(encoding="utf-8") if names is not None else ""
    if names:
        parts = (node for node in ast.walk(ast.parse(source)) if name_of(node) in names)
        yield from ((ast.get_source_segment(source, node) or "").encode() for node in parts)
    elif source:
        yield source.encode()


def name_of(node: ast.AST) -> str:
    """Return the name a class, function or single assignment gives, or nothing."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        return target.id if isinstance(target, ast.Name) else ""
    return node.name if isinstance(node, ast.ClassDef | ast.FunctionDef) else ""
