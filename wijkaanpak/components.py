"""The shared components as template tags, built in everywhere. Templates in `_components/` hold their mark-up."""

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkaanpak.navigation import programme_navigation

register = template.Library()

SIGNS = {"missing": ("–", "not known"), "suppressed": ("×", "kept secret"), "not_published": ("…", "not yet published")}
TREND_SHAPES = {"better": "safe", "worse": "danger", "same": "info", "unknown": "done", "not_judged": "done"}


@register.simple_block_tag
def alert(content, kind="info", title=""):
    return render_to_string("_components/alert.html", {"content": content, "kind": kind, "title": title})


@register.simple_block_tag
def card(content, title="", url=""):
    return render_to_string("_components/card.html", {"content": content, "title": title, "url": url})


@register.simple_block_tag
def empty(content, title=""):
    return render_to_string("_components/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def chart(content, title="", finding="", id=""):  # noqa: A002 the name the page's author writes
    """A drawing with a heading and the one sentence that states the finding."""
    return render_to_string("_components/chart.html", {"content": content, "title": title, "finding": finding, "id": id})


@register.simple_block_tag
def twin(content):
    """The table that says the same as the drawing above it."""
    return render_to_string("_components/twin.html", {"content": content})


@register.simple_block_tag
def explain(content, term):
    return render_to_string("_components/explain.html", {"content": content, "term": term})


@register.simple_block_tag
def table(content, caption=""):
    return render_to_string("_components/table.html", {"content": content, "caption": caption})


@register.simple_tag
def badge(kind, label):
    return format_html('<span class="badge badge--{}">{}</span>', kind, label)


@register.simple_tag
def trend(word, label):
    return format_html('<span class="trend trend--{} badge badge--{}">{}</span>', word, TREND_SHAPES.get(word, "done"), label)


@register.inclusion_tag("_components/number.html")
def number(value, label, url=""):
    return {"value": value, "label": label, "url": url}


@register.inclusion_tag("_components/progress.html")
def progress(done, total, message=""):
    return {"done": done, "total": total, "message": message}


@register.simple_tag
def sign(kind):
    """The sign for a figure that is not there; zero is never one of them."""
    shown, meaning = SIGNS[kind]
    return format_html(
        '<span class="sign" title="{0}"><span aria-hidden="true">{1}</span><span class="visually-hidden">{0}</span></span>',
        _(meaning), shown,
    )


@register.inclusion_tag("_components/steps.html")
def steps(current, total):
    return {"current": current, "total": total, "numbers": range(1, total + 1)}


@register.inclusion_tag("_components/pagination.html", takes_context=True)
def pagination(context, page_obj):
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    return {"page_obj": page_obj, "kept": kept.urlencode()}


@register.inclusion_tag("_components/timeline.html")
def timeline(entries):
    return {"entries": entries}


@register.inclusion_tag("_components/error_summary.html")
def error_summary(form):
    return {"form": form}


@register.inclusion_tag("_components/icon.html")
def icon(name):
    return {"name": name}


@register.inclusion_tag("_components/plotly_assets.html")
def plotly_assets():
    return {}


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
