import pytest

from tests.indicators.fetching.publisher import running


@pytest.fixture
def publisher(settings):
    """The services on this machine, with little patience on our side."""
    with running() as publisher:
        settings.FETCHING = True
        settings.FETCH_ADDRESSES = publisher.addresses()
        settings.FETCH_PAUSE_SECONDS = 0.01
        settings.FETCH_READ_SECONDS = settings.FETCH_CONNECT_SECONDS = 5
        yield publisher
