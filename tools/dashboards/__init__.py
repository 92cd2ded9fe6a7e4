"""The Grafana dashboards, described in Python; `tools/build_dashboards.py` writes them as Grafana reads them."""

from dashboards.dyad import DYAD
from dashboards.pipeline import PIPELINE
from dashboards.sources import SOURCES
from dashboards.world import WORLD

DASHBOARDS = (WORLD, DYAD, SOURCES, PIPELINE)
