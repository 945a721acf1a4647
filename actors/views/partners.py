from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from actors import organisations, representatives
from actors.forms import AwayForm, JoinForm, OrganisationForm, RepresentativeForm
from actors.models import Organisation, Participation, Perspective, PerspectiveDraft, Representative, Succession
from actors.permissions import can_manage_actors, can_place_organisations, can_see_field, speaks_for
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Programme, Theme
from wijkaanpak.refusals import attempt

SECTION = "partners"


def find_programme(request, slug, *, to_manage=False):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if to_manage and not can_manage_actors(request.user, programme):
        raise PermissionDenied
    return programme


def find_partner(programme, pk):
    """Fetch a partner that takes part in the programme, or once did."""
    return get_object_or_404(Organisation.objects.filter(participations__programme=programme).select_related("part_of"), pk=pk)


def to_partner(programme, organisation):
    return redirect("actors:partner_detail", programme.slug, organisation.pk)


def answer(request, form, programme, *, title, organisation=None, lead=""):
    """Show a form on a page of its own; 422 when it came back with errors."""
    return render(request, "actors/partner_form.html", {
        "programme": programme, "section": SECTION, "form": form, "title": title, "organisation": organisation, "lead": lead,
    }, status=422 if form.errors else 200)


def partner_list(request, slug):
    programme = find_programme(request, slug)
    people = Representative.objects.active().select_related("user").order_by("is_deputy", "user__name")
    partners = Organisation.objects.prefetch_related(
        Prefetch("representatives", people, to_attr="people"),
        Prefetch(
            "perspectives", Perspective.objects.current().filter(programme=programme).select_related("theme"), to_attr="views_on_themes"
        ),
    )
    taking_part = Organisation.objects.in_programme(programme)
    return render(request, "actors/partner_list.html", {
        "programme": programme, "section": SECTION, "partners": partners.filter(pk__in=taking_part),
        "former": Participation.objects.filter(programme=programme).exclude(organisation__in=taking_part).select_related("organisation"),
        "may_manage": can_manage_actors(request.user, programme), "may_see_own_place": can_see_field(request.user, programme) and not can_place_organisations(request.user, programme),
    })


def partner_add(request, slug):
    programme = find_programme(request, slug, to_manage=True)
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        organisation = organisations.add(by=request.user, programme=programme, **form.cleaned_data)
        messages.success(request, _("%(name)s takes part now. Say who speaks for it.") % {"name": organisation})
        return to_partner(programme, organisation)
    return answer(request, form, programme, title=_("New partner"))


def partner_join(request, slug):
    programme = find_programme(request, slug, to_manage=True)
    form = JoinForm(request.POST or None, programme=programme)
    if form.is_valid() and attempt(form, organisations.join, programme, by=request.user, **form.cleaned_data):
        organisation = form.cleaned_data["organisation"]
        messages.success(request, _("%(name)s takes part now.") % {"name": organisation})
        return to_partner(programme, organisation)
    return answer(request, form, programme, title=_("Let a known organisation take part"))


def partner_edit(request, slug, pk):
    programme = find_programme(request, slug, to_manage=True)
    organisation = find_partner(programme, pk)
    form = OrganisationForm(request.POST or None, instance=organisation)
    if form.is_valid() and attempt(form, organisations.change, organisation, by=request.user, programme=programme, **form.cleaned_data):
        messages.success(request, _("The details are saved."))
        return to_partner(programme, organisation)
    return answer(
        request, form, programme, title=_("Change the details"), organisation=organisation,
        lead=_("The details are the same in every programme of this municipality."),
    )


def partner_detail(request, slug, pk):
    programme = find_programme(request, slug)
    organisation = find_partner(programme, pk)
    themes = by_theme(request.user, programme, organisation)
    return render(request, "actors/partner_detail.html", {
        "programme": programme, "section": SECTION, "organisation": organisation,
        "participation": Participation.objects.get(programme=programme, organisation=organisation),
        "people": organisation.representatives.active().select_related("user").order_by("is_deputy", "user__name"),
        "branches": organisation.branches.in_programme(programme), "passages": passages_of(programme, organisation),
        "themes": themes, "no_perspective": not any(row["perspective"] for row in themes),
        "entries": sentences.timeline(Event.objects.about(organisation).filter(programme_id=programme.pk)),
        "may_manage": can_manage_actors(request.user, programme),
        "is_own": speaks_for(request.user, organisation.pk),
    })


def passages_of(programme, organisation):
    """As what it goes on, and what it goes on with."""
    concerned = Q(predecessor=organisation) | Q(successor=organisation)
    return Succession.objects.filter(concerned, programme=programme).select_related("predecessor", "successor")


def by_theme(user, programme, organisation):
    """Every theme with what the organisation released last, or nothing; and its draft, for itself alone."""
    about = {"programme": programme, "organisation": organisation}
    released = Perspective.objects.visible_to(user).current().filter(**about).select_related("released_by")
    found = {perspective.theme_id: perspective for perspective in released}
    drafts = {draft.theme_id: draft for draft in PerspectiveDraft.objects.visible_to(user).filter(**about).select_related("written_by")}
    return [{"theme": theme, "perspective": found.get(theme.pk), "draft": drafts.get(theme.pk)} for theme in Theme.objects.all()]


def representative_add(request, slug, pk):
    programme = find_programme(request, slug, to_manage=True)
    organisation = find_partner(programme, pk)
    form = RepresentativeForm(request.POST or None, programme=programme, organisation=organisation)
    if form.is_valid() and add_person(form, programme, organisation, request.user):
        messages.success(request, _("Done. This person speaks for %(name)s now.") % {"name": organisation})
        return to_partner(programme, organisation)
    return answer(request, form, programme, title=_("Who speaks for this organisation?"), organisation=organisation)


def add_person(form, programme, organisation, by):
    values = {key: form.cleaned_data[key] for key in ["is_deputy", "is_signatory"]} | {"programme": programme, "by": by}
    if person := form.cleaned_data["person"]:
        return attempt(form, representatives.add, organisation, user=person, **values)
    return attempt(
        form, representatives.invite, organisation, email=form.cleaned_data["email"], name=form.cleaned_data["name"], **values
    )


def representative_away(request, slug, pk, representative_pk):
    """The people of the organisation say this themselves; coordinators and administrators can as well."""
    programme = find_programme(request, slug)
    organisation = find_partner(programme, pk)
    if not (speaks_for(request.user, organisation.pk) or can_manage_actors(request.user, programme)):
        raise PermissionDenied
    person = get_object_or_404(organisation.representatives.active().select_related("user"), pk=representative_pk)
    form = AwayForm(request.POST or None, initial={"until": person.away_until if person.is_away else None})
    if form.is_valid() and attempt(form, representatives.say_away, person, by=request.user, programme=programme, **form.cleaned_data):
        messages.success(request, _("Saved. Mails follow this from now on."))
        return to_partner(programme, organisation)
    return answer(request, form, programme, title=_("%(name)s is away") % {"name": person.user}, organisation=organisation)


@require_POST
def representative_end(request, slug, pk, representative_pk):
    programme = find_programme(request, slug, to_manage=True)
    organisation = find_partner(programme, pk)
    representative = get_object_or_404(organisation.representatives, pk=representative_pk)
    try:
        representatives.end(representative, by=request.user, programme=programme)
    except ValidationError as error:
        messages.error(request, error.message)
        return to_partner(programme, organisation)
    messages.success(request, _("%(person)s no longer speaks for %(name)s.") % {"person": representative.user, "name": organisation})
    if number := representatives.in_hand(representative):
        messages.warning(request, still_in_hand(representative, number))
    return to_partner(programme, organisation)


def still_in_hand(representative, number):
    text = ngettext(
        "%(person)s is still named as responsible for %(number)s open commitment. Hand it over: Settings, Hand-overs. Until then the others of %(name)s are asked.",
        "%(person)s is still named as responsible for %(number)s open commitments. Hand them over: Settings, Hand-overs. Until then the others of %(name)s are asked.",
        number,
    )
    return text % {"person": representative.user, "number": number, "name": representative.organisation}
