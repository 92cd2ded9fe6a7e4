"""Gold in, figures out: what the tagger gets right and wrong, by type, status, role and language."""

from streams.evaluation.calibration import calibration
from streams.evaluation.comparing import compare
from streams.evaluation.figures import cases_figures
from streams.evaluation.gold import Case, GoldError, Probe, read_gold, set_files
from streams.evaluation.page import UnmarkedPage, fill
from streams.evaluation.pins import drops, pinned_figures, read_pins
from streams.evaluation.probing import probe, probes_figures
from streams.evaluation.running import evaluate

__all__ = [
    "Case",
    "GoldError",
    "Probe",
    "UnmarkedPage",
    "calibration",
    "cases_figures",
    "compare",
    "drops",
    "evaluate",
    "fill",
    "pinned_figures",
    "probe",
    "probes_figures",
    "read_gold",
    "read_pins",
    "set_files",
]
