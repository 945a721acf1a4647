"""The papers of a meeting as a Word file to go on with: real headings, lists and links, no mark-up read from texts."""

from datetime import date
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from dashboards.models import Paper
from dashboards.papers.content import LANGUAGE

PARTS = [
    ("asked", gettext_lazy("What is asked of you")), ("changed", gettext_lazy("What changed since the last time")),
    ("troubled", gettext_lazy("What is late, silent or waits")), ("contradictions", gettext_lazy("What does not agree")),
    ("gaps", gettext_lazy("Ambitions with nobody or one alone behind them")), ("residents", gettext_lazy("What residents said since")),
]  # fmt: skip


def render(paper: Paper) -> bytes:
    """Return the file; the moment in it is that of the papers, so that the same papers give the same text."""
    with override(LANGUAGE):
        made = Document()
        core, about = made.core_properties, paper.document["about"]
        core.title, core.author, core.language = f"{about['title']}, {about['programme']}", settings.MUNICIPALITY_NAME, "nl-NL"
        core.created = core.modified = paper.made_at.replace(tzinfo=None)
        _head(made, paper)
        for name, title in PARTS:
            _part(made, str(title), paper.document[name])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _head(made: Any, paper: Paper) -> None:
    about = paper.document["about"]
    made.add_heading(f"{about['title'].capitalize()} – {about['programme']}", level=0)
    when = [_day(about["held_on"]), about["starts_at"], about["place"]]
    made.add_paragraph(" · ".join(filter(None, when)))
    texts = {"number": paper.number, "day": _day(about["made_on"]), "since": _day(about["since_on"])}
    made.add_paragraph(_("Papers %(number)s, as things stood on %(day)s. Changes since %(since)s.") % texts)
    if about["is_example"]:
        made.add_paragraph(_("Example: organisations, people, promises and messages are invented."), style="Intense Quote")
    if paper.document["own"]:
        made.add_heading(_("From the coordinator (own text)"), level=1)
        for line in paper.document["own"].splitlines():
            made.add_paragraph(line)


def _part(made: Any, title: str, rows: list[dict[str, Any]]) -> None:
    made.add_heading(title, level=1)
    if not rows:
        made.add_paragraph(_("Nothing."))
    for row in rows:
        line = made.add_paragraph(style="List Bullet")
        _linked(line, row["text"] if "on" not in row else row["about"], row["url"])
        rest = [row.get("label", ""), row["text"] if "on" in row else row.get("why", ""), row.get("who", ""), _day(row["on"]) if "on" in row else ""]
        line.add_run(" – " + " · ".join(filter(None, rest)))


def _linked(line: Paragraph, text: str, url: str) -> None:
    """Write a text as a link to its record; plainly where it has none."""
    if not url:
        line.add_run(text).bold = True
        return
    link, run = OxmlElement("w:hyperlink"), line.add_run(text)
    run.bold, run.underline = True, True
    link.set(qn("r:id"), line.part.relate_to(settings.BASE_URL.rstrip("/") + url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)
    line._p.append(link)


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")
