"""Gold in, figures out: what the tagger gets right and wrong, by type, status, role and language."""

from streams.evaluation.calibration import Bin, calibration
from streams.evaluation.comparing import Comparison, compare
from streams.evaluation.figures import Tally, cases_figures
from streams.evaluation.gold import Case, GoldError, Probe, Want, read_gold, set_files
from streams.evaluation.page import UnmarkedPage, fill
from streams.evaluation.pins import TOLERANCE, Drop, drops, pinned_figures, read_pins, write_pins
from streams.evaluation.probing import Probed, probe, probes_figures
from streams.evaluation.running import Run, evaluate

__all__ = [
    "TOLERANCE",
    "Bin",
    "Case",
    "Comparison",
    "Drop",
    "GoldError",
    "Probe",
    "Probed",
    "Run",
    "Tally",
    "UnmarkedPage",
    "Want",
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
    "write_pins",
]
