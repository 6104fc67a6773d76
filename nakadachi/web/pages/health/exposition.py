"""What `/metrics` says: requests of every web process, and the state of the market."""

import os
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from nakadachi.web.pages.health.figures import figures


class _Market:
    """Asks the database when Prometheus asks us."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, value in figures(self.at).items():
            if value is not None:
                yield GaugeMetricFamily(f"nakadachi_{name}", name.replace("_", " "), value=value)


def exposition(at: datetime) -> bytes:
    """The text that Prometheus reads. With several processes, their figures added up from the folder they share."""
    requests = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        MultiProcessCollector(requests)
    market = CollectorRegistry()
    market.register(_Market(at))  # type: ignore[arg-type]
    return generate_latest(requests) + generate_latest(market)
