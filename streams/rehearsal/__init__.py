"""Rules tried before they go live: on tests beside them, and on history. The same code as in a worker, no broker."""

from streams.rehearsal.line import Rehearsal

__all__ = ["Rehearsal"]
