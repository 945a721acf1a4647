"""How organisations look at a theme: writing, releasing, reading back, and side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actors import comparison, perspectives
from actors.forms import ComparisonForm, PerspectiveForm, ReleaseForm
from actors.models import PARTS, Organisation, Perspective, PerspectiveDraft
from actors.permissions import can_edit_perspective, can_name_tension
from actors.views.partners import SECTION, find_partner, find_programme, to_partner
from wijkaanpak.neighbourhoods.models import Theme
from wijkaanpak.refusals import attempt


def find_own(request, slug, pk, theme):
    """Fetch programme, organisation and theme for somebody of the organisation itself."""
    programme = find_programme(request, slug)
    organisation = get_object_or_404(Organisation.objects.in_programme(programme), pk=pk)
    theme = get_object_or_404(Theme, slug=theme)
    if not can_edit_perspective(request.user, Perspective(organisation=organisation)):
        raise PermissionDenied
    return {"programme": programme, "organisation": organisation, "theme": theme}


def find_draft(request, about):
    return PerspectiveDraft.objects.visible_to(request.user).filter(**about).select_related("written_by", "organisation").first()


def perspective_edit(request, slug, pk, theme):
    about = find_own(request, slug, pk, theme)
    draft = find_draft(request, about)
    begun = draft or Perspective.objects.current().filter(**about).first()
    started = {part: getattr(begun, part) for part in PARTS} if begun else {}
    edit = draft.edit if draft else 0
    form = PerspectiveForm(request.POST or None, initial={**started, "edit": edit})
    if form.is_valid():
        try:
            kept = perspectives.write(by=request.user, **about, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            form.seen(edit)
        else:
            return after_writing(request, about, kept)
    return render(request, "actors/perspective_edit.html", {
        **about, "section": SECTION, "form": form, "draft": draft,
    }, status=422 if form.errors else 200)


def after_writing(request, about, draft):
    if draft is None:
        messages.info(request, _("These are the words that were released already. There is no draft."))
        return to_partner(about["programme"], about["organisation"])
    messages.success(request, _("Your draft is saved. Only your organisation sees it until you release it."))
    return redirect("actors:perspective_release", about["programme"].slug, about["organisation"].pk, about["theme"].slug)


def perspective_release(request, slug, pk, theme):
    """The draft as others will read it, beside what they read now; releasing it takes one press."""
    about = find_own(request, slug, pk, theme)
    draft = find_draft(request, about)
    if draft is None:
        messages.info(request, _("There is no draft to release. Write one first."))
        return to_partner(about["programme"], about["organisation"])
    form = ReleaseForm(request.POST or None, initial={"edit": draft.edit})
    if form.is_valid() and attempt(form, perspectives.release, draft, by=request.user, **form.cleaned_data):
        messages.success(request, _("Released. Everybody in the programme reads this version from now on."))
        return to_partner(about["programme"], about["organisation"])
    return render(request, "actors/perspective_release.html", {
        **about, "section": SECTION, "draft": draft, "form": form, "released": Perspective.objects.current().filter(**about).select_related("released_by").first(),
    }, status=422 if form.errors else 200)


@require_POST
def perspective_discard(request, slug, pk, theme):
    about = find_own(request, slug, pk, theme)
    if draft := find_draft(request, about):
        perspectives.discard(draft)
        messages.success(request, _("The draft is thrown away. What was released stays as it was."))
    return to_partner(about["programme"], about["organisation"])


@require_GET
def perspective_versions(request, slug, pk, theme):
    programme = find_programme(request, slug)
    organisation = find_partner(programme, pk)
    theme = get_object_or_404(Theme, slug=theme)
    versions = Perspective.objects.visible_to(request.user).filter(programme=programme, organisation=organisation, theme=theme)
    return render(request, "actors/perspective_versions.html", {
        "programme": programme, "section": SECTION, "organisation": organisation, "theme": theme,
        "versions": versions.select_related("released_by").order_by("-version"),
    })


@require_GET
def perspective_matrix(request, slug):
    """All perspectives on one theme side by side; the theme comes from the address, else the first that has any."""
    programme = find_programme(request, slug)
    themes = list(Theme.objects.all())
    present = Perspective.objects.visible_to(request.user).current().filter(programme=programme)
    written = list(present.select_related("organisation", "theme").order_by("organisation__name"))
    chosen = next((theme for theme in themes if theme.slug == request.GET.get("thema")), None)
    filled = {perspective.theme_id for perspective in written}
    chosen = chosen or next((theme for theme in themes if theme.pk in filled), themes[0])
    missing = Organisation.objects.in_programme(programme).exclude(pk__in=[one.organisation_id for one in written if one.theme_id == chosen.pk])
    return render(request, "actors/perspective_matrix.html", {
        "programme": programme, "section": SECTION, "themes": themes, "chosen": chosen, "missing": missing,
        "perspectives": [perspective for perspective in written if perspective.theme_id == chosen.pk],
    })


@require_GET
def perspective_comparison(request, slug):
    """Two to six organisations, chosen in the address, with what they share and where they clash."""
    programme = find_programme(request, slug)
    form = ComparisonForm(request.GET or None, programme=programme)
    chosen = form.cleaned_data["organisatie"] if form.is_valid() else []
    rows = comparison.rows(programme, chosen, user=request.user) if chosen else []
    return render(request, "actors/perspective_comparison.html", {
        "programme": programme, "section": SECTION, "form": form, "chosen": chosen, "rows": [row for row in rows if not row.is_silent],
        "silent": [row.theme for row in rows if row.is_silent], "may_name": can_name_tension(request.user, programme), "choice": request.GET.urlencode(),
    }, status=422 if form.errors else 200)
