"""The read-only API and the page about it. It follows the API Design Rules of the Dutch government; decision 19 says where and how."""

import csv
import hashlib
import re
import time
from functools import wraps
from io import StringIO

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from dashboards import queries, series
from dashboards.api import resources, schema
from residents import limits
from residents.views import visitors

METHODS = "GET, HEAD, OPTIONS"
TITLES = {400: "Dit klopt niet", 404: "Niet gevonden", 405: "Dit kan hier niet", 406: "Deze vorm is er niet", 429: "Te veel vragen", 500: "Dit ging mis"}
FORMS = {"csv": schema.CSV, "geojson": schema.GEOJSON}


class Refused(Exception):
    """A question that gets a problem for an answer: the status, and what to do."""

    def __init__(self, status, detail):
        super().__init__(detail)
        self.status, self.detail = status, detail


def endpoint(view):
    """An address of the API: for everybody and every site, reading only, limited, without cookies, with problems as JSON."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request, **kwargs):
        used, reset = calls_of(request)
        try:
            response = answered(view, request, kwargs, used)
        except Http404:
            response = problem(404, "Dit adres bestaat niet. Alle adressen staan in /api/v1/openapi.json.")
        except Refused as refusal:
            response = problem(refusal.status, refusal.detail)
        return with_headers(response, used, reset)

    return answer


def calls_of(request):
    """Count this question and return how many came this minute from the same place, and in how many seconds the next begins."""
    minute, second = divmod(int(time.time()), 60)
    return limits.count(f"api:{minute}", visitors.address(request), seconds=120), 60 - second


def answered(view, request, kwargs, used):
    if used > settings.API_CALLS_A_MINUTE:
        raise Refused(429, "U stelt te veel vragen achter elkaar. Wacht tot de volgende minuut.")
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if request.method not in {"GET", "HEAD"}:
        raise Refused(405, "U kunt hier alleen lezen: GET of HEAD.")
    response = view(request, **kwargs)
    mark = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = mark
    unchanged = get_conditional_response(request, etag=mark, response=response)
    unchanged.headers["Cache-Control"] = "public, max-age=60"
    return unchanged


def problem(status, detail):
    content = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    return JsonResponse(content, status=status, content_type=schema.PROBLEM, headers={"Cache-Control": "no-store"})


def server_error(request):
    """Answer a fault of ours: programs get a problem, people a page."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    return problem(500, "Dit ligt aan ons, niet aan uw vraag. Probeer het over een uur opnieuw.")


def with_headers(response, used, reset):
    headers = {
        "API-Version": schema.VERSION, "Access-Control-Allow-Origin": "*", "Allow": METHODS,
        "Access-Control-Expose-Headers": "API-Version, ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After",
        "RateLimit-Limit": settings.API_CALLS_A_MINUTE, "RateLimit-Remaining": max(0, settings.API_CALLS_A_MINUTE - used), "RateLimit-Reset": reset,
    }  # fmt: skip
    if response.status_code == 429:
        headers["Retry-After"] = reset
    if response.status_code == 204:
        headers |= {"Access-Control-Allow-Methods": METHODS, "Access-Control-Max-Age": 86400}
    for name, value in headers.items():
        response.headers[name] = value
    return response


@endpoint
def root(request):
    links = {resource.name: {"href": at(request, resource.path)} for resource in (resources.PROGRAMMES, resources.INDICATORS)}
    return json({"version": schema.VERSION, "_links": {"self": {"href": at(request, "")}, "openapi": {"href": at(request, "/openapi.json")}, **links}})


@endpoint
def document(request):
    return json(schema.document())


@endpoint
def collection(request, name, slug=None, form=""):
    resource = resources.BY_NAME.get(name)
    if resource is None or resource.is_of_programme != (slug is not None) or form not in {"", *FORMS}:
        raise Http404
    asked = parameters(request, [*resource.parameters, *([] if form else schema.PAGING)])
    of = [get_object_or_404(resources.programmes(), slug=slug)] if slug else []
    media_type = FORMS.get(form) or preferred(request, resource)
    if media_type == schema.GEOJSON:
        return geojson(resource, *of)
    filters = {one.name: asked[one.name] for one in resource.parameters if one.name in asked}
    rows = resource.read(*of, **filters)
    response = sheet(resource, rows) if media_type == schema.CSV else page(request, resource, rows, asked)
    if not form:
        patch_vary_headers(response, ["Accept"])
    return response


def parameters(request, known):
    """Return what was asked by name; refuses what is not known, stands twice or has another form."""
    patterns = {one.name: one.pattern for one in known}
    for name, values in request.GET.lists():
        if name not in patterns:
            raise Refused(400, f"Onbekende vraag in het adres. Dit kan hier: {', '.join(patterns) or 'niets'}.")
        if len(values) != 1 or not re.fullmatch(patterns[name].strip("^$"), values[0]):
            raise Refused(400, f"De waarde van {name} klopt niet. Die moet voldoen aan {patterns[name]}")
    return request.GET.dict()


def preferred(request, resource):
    offered = [schema.JSON, schema.CSV, *([schema.GEOJSON] if resource.name == "areas" else [])]
    media_type = request.get_preferred_type(offered)
    if media_type is None:
        raise Refused(406, f"Vraag om een van deze vormen: {', '.join(offered)}.")
    return media_type


def geojson(resource, programme=None):
    if resource.name != "areas":
        raise Http404
    return json(queries.areas_as_geojson(programme), content_type=schema.GEOJSON)


def sheet(resource, rows):
    """All rows as CSV: commas, decimal points, dates as in ISO 8601."""
    kept = StringIO()
    writer = csv.writer(kept)
    writer.writerow(resource.columns)
    for row in map(resource.item, rows):
        writer.writerow([series.as_text(value) if isinstance(value := row[name], str) else value for name in resource.columns])
    return HttpResponse(kept.getvalue(), content_type=f"{schema.CSV}; charset=utf-8")


def page(request, resource, rows, asked):
    number, size = int(asked.get("page", 1)), int(asked.get("pageSize", schema.PAGE_SIZE))
    total = len(rows) if isinstance(rows, list) else rows.count()
    last = max(1, -(-total // size))
    places = {"self": number, "first": 1, "last": last}
    places |= {"prev": min(number - 1, last)} if number > 1 else {}
    places |= {"next": number + 1} if number < last else {}
    links = {rel: {"href": numbered(request, place)} for rel, place in places.items()}
    items = [resource.item(row) for row in rows[(number - 1) * size : number * size]]
    response = json({"items": items, "page": number, "pageSize": size, "total": total, "_links": links})
    response.headers["Link"] = ", ".join(f'<{link["href"]}>; rel="{rel}"' for rel, link in links.items())
    return response


def numbered(request, number):
    query = request.GET.copy()
    query["page"] = number
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


@endpoint
def programme(request, slug):
    parameters(request, [])
    found = get_object_or_404(resources.programmes(), slug=slug)
    own = at(request, f"/programmes/{slug}")
    links = {one.name: {"href": f"{own}/{one.name}"} for one in resources.ALL if one.is_of_programme}
    return json({**resources.programme(found), "_links": {"self": {"href": own}, **links}})


@endpoint
def indicator(request, slug):
    parameters(request, [])
    found = get_object_or_404(resources.indicators(), slug=slug)
    return json({**resources.indicator(found), "_links": {"self": {"href": at(request, f"/indicators/{slug}")}}})


@endpoint
def absent(request, rest=""):
    raise Http404


def json(content, content_type=schema.JSON):
    return JsonResponse(content, content_type=content_type)


def at(request, path):
    return request.build_absolute_uri(f"/api/v1{path}")


@login_not_required
@require_safe
def open_data(request):
    """The page for people: what there is, with addresses to try."""
    example = resources.programmes().first()
    return render(request, "dashboards/public/open_data.html", {
        "resources": resources.ALL, "slug": example.slug if example else "", "base": settings.BASE_URL, "limit": settings.API_CALLS_A_MINUTE,
        "email": settings.OPEN_DATA_EMAIL,
    })  # fmt: skip
