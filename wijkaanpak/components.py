"""The shared components as template tags, built in everywhere.

Templates in `_components/` hold their mark-up; those of which a page has dozens are written here, which is quicker.
"""

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from wijkaanpak import languages
from wijkaanpak.indicators import signs as signs_of_figures
from wijkaanpak.sections import programme_navigation

register = template.Library()

TREND_SHAPES = {"better": "safe", "worse": "danger", "same": "info", "unknown": "done", "not_judged": "done"}
BROWSERS = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
SYSTEMS = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")]
ALERT_KINDS = {"success": "safe", "error": "danger", "debug": "info"}


@register.simple_block_tag
def alert(content, kind="info", title=""):
    return render_to_string("_components/alert.html", {"content": content, "kind": kind, "title": title})


@register.filter
def alert_kind(level_tag):
    """Return the kind of alert for the level of a message."""
    return ALERT_KINDS.get(level_tag, level_tag)


@register.simple_block_tag
def card(content, title="", url="", level=3):
    """A titled box; `level` is that of its heading (2 directly below the page's title)."""
    return render_to_string("_components/card.html", {"content": content, "title": title, "url": url, "level": level})


@register.simple_block_tag
def empty(content, title=""):
    return render_to_string("_components/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def chart(content, title="", finding="", id="", level=3):  # noqa: A002 the name the page's author writes
    """A drawing with a heading and the one sentence that states the finding."""
    context = {"content": content, "title": title, "finding": finding, "id": id, "level": level}
    return render_to_string("_components/chart.html", context)


@register.simple_block_tag
def twin(content):
    """The table that says the same as the drawing above it."""
    mark_up = '<details class="twin"><summary>{}</summary><div class="table-scroll" tabindex="0">{}</div></details>'
    return format_html(mark_up, _("Show as table"), content)


@register.simple_block_tag
def explain(content, term):
    """Help in place."""
    return format_html('<details class="explain"><summary>{}</summary><div class="explain__text">{}</div></details>', term, content)


@register.simple_block_tag
def table(content, caption="", is_stackable=True, shows_caption=True):
    """A table that becomes cards in a narrow place; one that must keep its columns says is_stackable=False.

    A caption that only repeats the heading above it is kept for screen readers with shows_caption=False.
    """
    context = {"content": content, "caption": caption, "is_stackable": is_stackable, "shows_caption": shows_caption}
    return render_to_string("_components/table.html", context)


@register.simple_tag
def badge(kind, label):
    return format_html('<span class="badge badge--{}">{}</span>', kind, label)


@register.simple_tag
def trend(word, label):
    return format_html('<span class="badge badge--{} trend trend--{}">{}</span>', TREND_SHAPES.get(word, "done"), word, label)


@register.inclusion_tag("_components/number.html")
def number(value, label, url="", note=""):
    return {"value": value, "label": label, "url": url, "note": note}


@register.filter
def grouped(value):
    """Write a whole number the way the language does: 1.284."""
    return number_format(value, force_grouping=True)


@register.inclusion_tag("_components/progress.html")
def progress(done, total, message=""):
    """The bar of a job; a total of 0 or None shows that it is busy without saying how far."""
    return {"done": done, "total": total, "message": message}


@register.simple_tag
def sign(kind):
    """The sign for a figure that is not there; zero is never one of them."""
    shown, meaning = signs_of_figures.SIGNS[kind]
    mark_up = '<span class="sign" title="{0}"><span aria-hidden="true">{1}</span><span class="visually-hidden">{0}</span></span>'
    return format_html(mark_up, meaning, shown)


@register.inclusion_tag("_components/signs.html")
def signs():
    """What each of the signs in a table means."""
    return {"signs": [{"sign": shown, "meaning": meaning} for shown, meaning in signs_of_figures.SIGNS.values()]}


@register.inclusion_tag("_components/steps.html")
def steps(current, total):
    return {"current": current, "total": total, "numbers": range(1, total + 1)}


@register.inclusion_tag("_components/pagination.html", takes_context=True)
def pagination(context, page_obj):
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    return {"page_obj": page_obj, "kept": f"{kept.urlencode()}&" if kept else ""}


@register.inclusion_tag("_components/more.html")
def more(total, shown, url=""):
    """How many rows of a list are not shown here, and where they are; nothing when all are."""
    return {"number": total - shown, "url": url}


@register.inclusion_tag("_components/timeline.html")
def timeline(entries):
    return {"entries": entries}


@register.inclusion_tag("_components/error_summary.html")
def error_summary(form):
    """All errors of a form above it, each with a link to the first control of its field."""
    errors = [{"anchor": "", "label": "", "text": text} for text in form.non_field_errors()]
    for field in form:
        anchor = field.id_for_label or f"{field.auto_id}_0"
        label = field.label if field.label.endswith(("?", ".", "!")) else f"{field.label}:"
        errors += [{"anchor": anchor, "label": label, "text": text} for text in field.errors]
    return {"errors": errors}


@register.inclusion_tag("_components/icon.html")
def icon(name):
    return {"name": name}


@register.inclusion_tag("_components/plotly_assets.html")
def plotly_assets():
    return {}


@register.simple_tag
def theme_link(name):
    """The municipality's own colours, after the neutral ones; nothing for the default theme."""
    if name == "default":
        return ""
    return format_html('<link rel="stylesheet" href="{}">', static(f"css/themes/{name}.css"))


@register.inclusion_tag("_components/programme_menu.html", takes_context=True)
def programme_menu(context, programme):
    return {"entries": programme_navigation(context["request"], programme), "programme": programme}


@register.simple_tag
def days_from(day):
    """Say a date as a distance from today: "3 days late", "today", "in 5 days"."""
    days = (day - timezone.localdate()).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


@register.filter
def browser_name(user_agent):
    """Say "Firefox – Windows" for what a browser calls itself; the whole text when it is an unknown one."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " – ".join(filter(None, [browser, system])) or user_agent


@register.simple_tag(takes_context=True)
def other_languages(context):
    """Return the other languages this page is in, each with its name in itself."""
    return [get_language_info(code) for code in languages.offered(context["request"].resolver_match) if code != get_language()]


@register.inclusion_tag("_components/language_buttons.html", takes_context=True)
def language_buttons(context, formnovalidate=False):
    return {"languages": other_languages(context), "formnovalidate": formnovalidate}
