"""Requests nobody thought of, made from the API's own description: no fault of the server, and every answer as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from dashboards.api import schema
from tests.dashboards.factories import AreaFigureFactory, ProgrammeFigureFactory, neighbourhoods
from tests.dashboards.test_api import public_promise
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.wsgi import application

pytestmark = pytest.mark.django_db(transaction=True)  # each answer ends its connection, as on a real server
EXAMPLES = 5  # of every operation
NAMES = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance"]


@pytest.fixture
def described(settings):
    """The description with one programme that has something of everything; its name is the example of the schema."""
    settings.API_CALLS_A_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    programme = ProgrammeFactory(slug="voorbeeldwijk", is_public=True, areas=neighbourhoods())
    public_promise(programme)
    ResidentInputFactory(answered=True, programme=programme)
    figure = ProgrammeFigureFactory(programme=programme)
    AreaFigureFactory(area=programme.areas.first(), indicator=figure.indicator)
    return schemathesis.openapi.from_dict(with_known_names(schema.document(), programme.slug, figure.indicator.slug))


def with_known_names(document, programme, indicator):
    """Say which names exist, or nearly every address would be a 404."""
    for operations in document["paths"].values():
        for parameter in operations["get"]["parameters"]:
            if parameter["in"] == "path":
                parameter["schema"]["enum"] = [programme if parameter["name"] == "programme" else indicator, "onbekend"]
                del parameter["schema"]["pattern"]
    return document


def operations(described):
    return [found.ok() for found in described.get_all_operations()]


def test_any_question_gets_an_answer_as_described(described):
    described.app = application
    checks = [check for check in CHECKS.get_all() if check.__name__ in NAMES]
    asked, statuses = 0, set()

    for operation in operations(described):
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case):
            nonlocal asked
            response = case.call()
            case.validate_response(response, checks=checks)
            asked, _ = asked + 1, statuses.add(response.status_code)

        ask()

    assert asked >= len(operations(described))
    assert {200, 404} <= statuses
