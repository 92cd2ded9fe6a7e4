"""Every Prometheus instrument, by what it measures, with the most time series that each can make."""

from streams.metrics.instruments import Instrument, Instruments
from streams.metrics.labels import OTHER, Label, Labels
from streams.metrics.process import Metrics

__all__ = ["OTHER", "Instrument", "Instruments", "Label", "Labels", "Metrics"]
