"""A file as it is, or the bytes within it where its name says that it is compressed: .gz, .zst."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from fastwarc.stream_io import ZstdReader

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS: Final = (".gz", ".zst")
BROKEN: Final = (EOFError, zlib.error, gzip.BadGzipFile, OSError)
"""What reading raises where a compressed file is cut off or damaged."""


class _Zstd(io.RawIOBase):
    """FastWARC's reader of zstd as a file of Python's."""

    def __init__(self, inner: BinaryIO) -> None:
        super().__init__()
        self._inner = inner
        self._reader = ZstdReader(inner)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, room: Any) -> int:
        """Read into this room; return how many bytes."""
        view = memoryview(room)
        read = self._reader.read(len(view))
        view[: len(read)] = read
        return len(read)

    def close(self) -> None:
        """Close the file that it reads."""
        self._inner.close()
        super().close()


def plain_name(file: Path) -> str:
    """Return the name of a file without the ending of its compression."""
    return file.name.removesuffix(file.suffix) if file.suffix.lower() in ENDINGS else file.name


def uncompressed(file: Path, stream: BinaryIO) -> BinaryIO:
    """Return the bytes within this stream of this file."""
    match file.suffix.lower():
        case ".gz":
            return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
        case ".zst":
            return cast("BinaryIO", io.BufferedReader(_Zstd(stream)))
    return stream
