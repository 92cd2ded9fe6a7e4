"""The sidecar of a text or page: NAME.meta.yaml beside it says what the text itself does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError

from streams.ingest.found import Known, NoArticle, explain

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".meta.yaml"


def read_sidecar(path: Path) -> Known:
    """Return what the sidecar of this file says; nothing when there is none.

    Raises NoArticle naming the sidecar and what is wrong in it.
    """
    sidecar = path.with_name(path.stem + SUFFIX)
    if not sidecar.exists():
        return Known()
    try:
        return Known.model_validate(yaml.safe_load(sidecar.read_text(encoding="utf-8")) or {})
    except ValidationError as error:
        raise NoArticle(f"its sidecar {sidecar.name}: {explain(error, Known)}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NoArticle(f"its sidecar {sidecar.name} is not YAML: {' '.join(str(error).split())}") from error
