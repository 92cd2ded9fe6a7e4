"""CloudEvents 1.0 attributes as Kafka headers (binary mode of the Kafka protocol binding 1.0.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.base import stable_id
from schemas.contracts import CONTRACTS
from schemas.contribution import Contribution
from schemas.delivery import Delivery
from schemas.dyad import Dyad
from schemas.match import Match, Thread
from schemas.reading import Reading
from schemas.silence import Silence
from schemas.story import Story

if TYPE_CHECKING:
    from datetime import datetime

    from schemas.contracts import Identified

CONTENT_TYPE = "application/json"


def headers(message: Identified, *, source: str, time: datetime) -> dict[str, bytes]:
    """Return the headers of a message. `source` is the stage that made it, `time` when."""
    contract = CONTRACTS[type(message)]
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": _occurrence(message),
        "ce_source": f"/tocsin/{source}",
        "ce_type": contract.event_type,
        "ce_time": time.isoformat().replace("+00:00", "Z"),
        "ce_subject": message.id,
        "ce_dataschema": contract.schema_id,
        "content-type": CONTENT_TYPE,
    }
    return {name: value.encode() for name, value in attributes.items()}


def _occurrence(message: Identified) -> str:
    """CloudEvents wants source + id unique for each occurrence: a revision, an outcome, or what a state says."""
    match message:
        case Story() | Contribution() | Match():
            return f"{message.id}.{message.revision}"
        case Thread():
            return f"{message.id}.{message.messages}.{message.revision}"
        case Reading():
            return f"{message.id}.{message.offset}"
        case Dyad():
            return f"{message.id}.{stable_id(message.model_dump_json())}"
        case Delivery():
            return f"{message.id}.{message.outcome.value}.{message.attempts}"
        case Silence():
            return f"{message.id}.{message.ends_at:%Y%m%dT%H%M%SZ}"
    return message.id


def event_type(raw: dict[str, bytes]) -> str:
    """Return the CloudEvents type that the headers of a message name; empty where they name none."""
    return raw.get("ce_type", b"").decode(errors="replace")
