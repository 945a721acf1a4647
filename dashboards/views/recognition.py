"""“Herkent u dit?” beside a public figure: no account, no cookie, no script."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboards import queries, series
from dashboards.forms import RecognitionForm
from residents import codes, guard, inputs, recognition, spam
from residents.choices import InputKind, Recognised
from residents.forms.screens import new_opening, read_opening
from residents.views import visitors
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Programme, Theme


@csrf_exempt  # so that the page of the figures carries no cookie and can be kept; nothing here is done in anybody's name
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def recognise(request, slug, indicator):
    """First one of three buttons is counted; a sentence that follows goes the way of everything residents say."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise PermissionDenied
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    row = find_figure(programme, indicator)
    if request.method == "POST" and request.POST.get("answer") in Recognised.values:
        return count(request, programme, row)
    form = RecognitionForm(request.POST or None)
    if form.is_valid():
        return send(request, programme, row, form)
    opening = request.POST.get("opening") or new_opening(uuid.uuid4())
    response = render(request, "dashboards/public/recognise.html", {
        "programme": programme, "row": row, "finding": series.finding(row, public=True), "form": form, "opening": opening, "answers": Recognised,
        "outcome": request.GET.get("dank", ""), "findings": guard.find(request.POST.get("sentence", "")),
    }, status=422 if form.is_bound else 200)  # fmt: skip
    return visitors.keep_private(response)


def find_figure(programme, slug):
    """Return the latest figure residents can see; it needs a theme and a value."""
    found = next((row for row in queries.latest_figures(programme) if row.slug == slug and row.theme and row.value is not None), None)
    if found is None:
        raise Http404
    return found


def count(request, programme, row):
    counted = recognition.count(
        programme, indicator=Indicator.objects.get(pk=row.indicator), period=row.period, answer=request.POST["answer"], address=visitors.address(request)
    )
    return redirect(reverse("dashboards:recognise", args=[programme.slug, row.slug]) + f"?dank={'ja' if counted else 'vaak'}")


def send(request, programme, row, form):
    """Hand the sentence to the moderators, like any other input; the figure stands in front of it."""
    key, seconds = read_opening(request.POST.get("opening", ""))
    text = f"{row.name}: {form.cleaned_data['sentence']}"
    form_key = uuid.uuid5(key, text)
    verdict = spam.judge(text, trap="", seconds=seconds, address=visitors.address(request))
    inputs.receive(
        programme=programme, kind=InputKind.CONCERN if form.cleaned_data["is_concern"] else InputKind.IDEA, text=text, form_key=form_key,
        theme=Theme.objects.get(slug=row.theme), language=request.LANGUAGE_CODE, verdict=verdict,
    )
    return redirect("residents:input_thanks", programme.slug, codes.receipt(form_key))
