"""Events as Parquet, written in batches. Needs pyarrow, which the extra `parquet` brings."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from streams.errors import TocsinError
from streams.export.flat import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from schemas import Event

BATCH = 20_000  # events in a row group: some 20 MB in memory


class ExtraMissing(TocsinError):
    """A format that an optional dependency writes, and that is not installed."""


def write_parquet(events: Iterable[Event], table: BinaryIO) -> None:
    """Write events as Parquet, Zstandard compressed. Raises ExtraMissing."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing("Parquet needs pyarrow: pip install 'tocsin[parquet]'") from error
    schema = pa.schema([(column.name, _type(pa, column.kind)) for column in COLUMNS])
    rest = iter(events)
    with pq.ParquetWriter(table, schema, compression="zstd") as writer:
        while batch := list(islice(rest, BATCH)):
            writer.write_batch(pa.RecordBatch.from_pylist([_row(event) for event in batch], schema))


def _type(pa: Any, kind: str) -> Any:
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "count": pa.int64(),
        "day": pa.date32(),
        "instant": pa.timestamp("ms", "UTC"),
    }
    return types[kind]


def _row(event: Event) -> dict[str, Any]:
    return {column.name: column.of(event) for column in COLUMNS}
