"""The OpenAPI document, made from the same descriptions as the answers."""

from typing import Any

from django.conf import settings

from dashboards.api.fields import Parameter, Resource, object_of
from dashboards.api.resources import ALL, INDICATORS, PROGRAMMES

VERSION = "1.0.0"
PAGE_SIZE, LARGEST_PAGE_SIZE = 100, 500
PAGING = (Parameter("page", "Bladzijde, vanaf 1.", r"^[1-9]\d{0,5}$"), Parameter("pageSize", "Aantal per bladzijde, hooguit 500.", r"^([1-9]\d?|[1-4]\d\d|500)$"))
JSON, CSV, GEOJSON, PROBLEM = "application/json", "text/csv", "application/geo+json", "application/problem+json"
Part = dict[str, Any]
LINK: Part = {"type": "object", "properties": {"href": {"type": "string", "format": "uri"}}, "required": ["href"]}
HEADERS: dict[str, tuple[str, str]] = {
    "API-Version": ("string", "Volledige versie van de API."), "ETag": ("string", "Kenmerk van dit antwoord, voor If-None-Match."),
    "RateLimit-Limit": ("integer", "Aantal vragen per minuut."), "RateLimit-Remaining": ("integer", "Aantal vragen dat deze minuut nog kan."),
    "RateLimit-Reset": ("integer", "Seconden tot een nieuwe minuut begint."),
}  # fmt: skip


def document() -> Part:
    """Return the description of the API, OpenAPI 3.1."""
    paths: Part = {}
    for resource in ALL:
        paths[resource.path] = {"get": _collection(resource)}
        paths[f"{resource.path}.csv"] = {"get": _file(resource, "csv", CSV)}
    paths["/programmes/{programme}/areas.geojson"] = {"get": _file(next(one for one in ALL if one.name == "areas"), "geojson", GEOJSON)}
    paths["/programmes/{programme}"] = {"get": _item(PROGRAMMES, "programme")}
    paths["/indicators/{indicator}"] = {"get": _item(INDICATORS, "indicator")}
    return {
        "openapi": "3.1.0", "info": _info(), "servers": [{"url": f"{settings.BASE_URL}/api/v1"}],
        "tags": [{"name": resource.name, "description": resource.title} for resource in ALL], "paths": paths,
        "components": {"schemas": _schemas(), "responses": {"Problem": _problem()}, "headers": _headers()},
    }  # fmt: skip


def _info() -> Part:
    return {
        "title": f"Wijkaanpak {settings.MUNICIPALITY_NAME}", "version": VERSION, "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        "description": "Open gegevens van wijkprogramma's: alleen wat ook op de openbare pagina's staat. Getallen over minder dan vijf worden niet getoond.",
        "contact": {"name": settings.MUNICIPALITY_NAME, "url": f"{settings.BASE_URL}/open-data/", "email": settings.OPEN_DATA_EMAIL},
    }  # fmt: skip


def _collection(resource: Resource) -> Part:
    forms: Part = {JSON: {"schema": {"$ref": f"#/components/schemas/{resource.schema}Page"}}, CSV: {"schema": {"type": "string"}}}
    if resource.name == "areas":
        forms[GEOJSON] = {"schema": {"$ref": "#/components/schemas/FeatureCollection"}}
    return {
        "operationId": f"list{resource.schema}", "tags": [resource.name], "summary": resource.title,
        "parameters": [*_of_programme(resource), *map(_in_query, [*PAGING, *resource.parameters])], "responses": _responses(forms, more=("Link",)),
    }  # fmt: skip


def _file(resource: Resource, form: str, media_type: str) -> Part:
    schema: Part = {"$ref": "#/components/schemas/FeatureCollection"} if media_type == GEOJSON else {"type": "string"}
    return {
        "operationId": f"{form}{resource.schema}", "tags": [resource.name], "summary": f"{resource.title} als {form.upper()}, alle regels",
        "parameters": [*_of_programme(resource), *map(_in_query, resource.parameters)], "responses": _responses({media_type: {"schema": schema}}),
    }  # fmt: skip


def _item(resource: Resource, name: str) -> Part:
    return {
        "operationId": f"get{resource.schema}", "tags": [resource.name], "summary": f"Eén uit: {resource.title}", "parameters": [_in_path(name)],
        "responses": _responses({JSON: {"schema": {"$ref": f"#/components/schemas/{resource.schema}Item"}}}),
    }  # fmt: skip


def _responses(content: Part, *, more: tuple[str, ...] = ()) -> Part:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in [*HEADERS, *more]}
    refused = {code: {"$ref": "#/components/responses/Problem"} for code in ("400", "404", "406", "429")}
    return {"200": {"description": "Gelukt.", "headers": headers, "content": content}, "304": {"description": "Niet veranderd."}, **refused}


def _of_programme(resource: Resource) -> list[Part]:
    return [_in_path("programme")] if resource.is_of_programme else []


def _in_path(name: str) -> Part:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, "description": "Het id."}


def _in_query(parameter: Parameter) -> Part:
    return {"name": parameter.name, "in": "query", "description": parameter.description, "schema": {"type": "string", "pattern": parameter.pattern}}


def _schemas() -> Part:
    found: Part = {"FeatureCollection": _feature_collection()}
    for resource in ALL:
        item = f"#/components/schemas/{resource.schema}"
        found[resource.schema] = object_of(resource.fields)
        found[f"{resource.schema}Page"] = {
            "type": "object", "required": ["items", "page", "pageSize", "total", "_links"],
            "properties": {
                "items": {"type": "array", "items": {"$ref": item}}, "page": {"type": "integer"}, "pageSize": {"type": "integer"},
                "total": {"type": "integer"}, "_links": {"type": "object", "required": ["self", "first", "last"], "additionalProperties": LINK},
            },
        }  # fmt: skip
    for resource in (PROGRAMMES, INDICATORS):
        links = {"type": "object", "properties": {"_links": {"type": "object", "required": ["self"], "additionalProperties": LINK}}, "required": ["_links"]}
        found[f"{resource.schema}Item"] = {"allOf": [{"$ref": f"#/components/schemas/{resource.schema}"}, links]}
    return found


def _feature_collection() -> Part:
    feature = {
        "type": "object", "required": ["type", "id", "geometry", "properties"],
        "properties": {"type": {"const": "Feature"}, "id": {"type": "string"}, "geometry": {"type": ["object", "null"]}, "properties": {"type": "object"}},
    }  # fmt: skip
    return {
        "type": "object", "required": ["type", "features"],
        "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": feature}},
    }  # fmt: skip


def _problem() -> Part:
    schema = {
        "type": "object", "required": ["type", "title", "status", "detail"],
        "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
    }  # fmt: skip
    return {"description": "Wat er niet kan, en waarom (RFC 9457).", "content": {PROBLEM: {"schema": schema}}}


def _headers() -> Part:
    made: Part = {name: {"description": meaning, "schema": {"type": kind}} for name, (kind, meaning) in HEADERS.items()}
    return {**made, "Link": {"description": "Eerste, vorige, volgende en laatste bladzijde (RFC 8288).", "schema": {"type": "string"}}}
