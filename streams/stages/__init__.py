"""The stages: what one message becomes. Plain calls on bytes, without Kafka, without a clock of their own."""

from streams.stages.alert import Warn
from streams.stages.judge import Judge
from streams.stages.record import ENTERED, InRecord, OutRecord, Stage, latest
from streams.stages.run import outputs
from streams.stages.sense import Sense
from streams.stages.stories import Correlate
from streams.stages.tag import Tag
from streams.stages.weigh import Weigh

__all__ = [
    "ENTERED",
    "Correlate",
    "InRecord",
    "Judge",
    "OutRecord",
    "Sense",
    "Stage",
    "Tag",
    "Warn",
    "Weigh",
    "latest",
    "outputs",
]
