"""A stand-in that runs, and a client of it that does not wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from queries.sources.http import Client
from queries.sources.statbank.client import StatbankClient
from tests.queries.sources.statbank.stand_in import StandIn


@pytest.fixture
def service() -> Iterator[StandIn]:
    """A stand-in without tables."""
    with StandIn().running() as running:
        yield running


@pytest.fixture
def client(service: StandIn) -> StatbankClient:
    """A client of the stand-in: two tries, no pauses."""
    return client_of(service)


def client_of(service: StandIn, limit: int = 1_000_000) -> StatbankClient:
    """Return a client of `service` that does not wait between its two tries."""
    http = Client(
        service.address,
        service="Statistikbanken",
        timeout=(2, 2),
        tries=2,
        pause=0,
        sleep=lambda _seconds: None,
    )
    return StatbankClient(http, limit)
