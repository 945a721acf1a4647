"""One page with every component in every state, in every theme: looked at by people, axe and screenshots."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import is_administrator, programme_ids

THEMES = sorted(path.stem for path in (Path(settings.BASE_DIR) / "static/css/themes").glob("*.css"))
KINDS = ["info", "safe", "warning", "danger"]


@dataclass(frozen=True)
class Sample:
    """An entry of a timeline as the journal gives it."""

    at: object
    who: str
    text: str


class SampleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), required=False)
    email = forms.EmailField(label=gettext_lazy("Mail address"), help_text=gettext_lazy("We only use it to answer you."))
    district = forms.ChoiceField(label=gettext_lazy("District"), choices=[("1", "Oost"), ("2", "West")])
    subject = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[("1", gettext_lazy("Safety")), ("2", gettext_lazy("Green and play")), ("3", gettext_lazy("Something else"))],
        widget=forms.RadioSelect,
    )
    progress = forms.ChoiceField(
        label=gettext_lazy("How is it going?"),
        choices=[("1", gettext_lazy("On schedule")), ("2", gettext_lazy("Running late")), ("3", gettext_lazy("Finished"))],
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Explanation"), widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("At most 500 characters.")
    )
    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("You may use my data to answer me"))


def can_see_styleguide(user):
    """Coordinators of any programme; administrators."""
    return is_administrator(user) or bool(programme_ids(user, Role.COORDINATOR))


def show(request):
    if not can_see_styleguide(request.user):
        raise PermissionDenied
    return TemplateResponse(request, "styleguide.html", samples() | chosen_theme(request))


def chosen_theme(request):
    """Let a person look at the page in another theme without changing the installation."""
    wanted = request.GET.get("thema", settings.THEME)
    themes = [{"name": name, "current": name == wanted} for name in THEMES]
    return {"themes": themes, "theme_name": wanted if wanted in THEMES else settings.THEME}


def samples():
    now, today = timezone.now(), timezone.localdate()
    return {
        "kinds": KINDS,
        "form": SampleForm(auto_id="empty_%s"),
        "form_with_errors": SampleForm({"name": "S. Voorbeeld", "email": "s.voorbeeld@", "district": "1"}, auto_id="wrong_%s"),
        "entries": [
            Sample(now, "", _("The housing corporation said: “The first 40 houses are done.”")),
            Sample(now - timedelta(days=40), "", _("The municipality agreed.")),
        ],
        "page_obj": Paginator(range(30), 10).page(2),
        "days": [today - timedelta(days=3), today, today + timedelta(days=5)],
        "menu": [
            {"url": "#menu", "label": label, "current": label == "Cockpit"} for label in ("Cockpit", _("Ambitions"), _("Commitments"))
        ],
        "sample_programme": {"name": _("Example district")},
    }
