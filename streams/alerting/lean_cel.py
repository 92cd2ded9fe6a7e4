"""The engine of conditions without its command line: a package that brings a prompt, 25 MB in every process with rules.

Imported before the engine, it stands in the place of a module that nothing of ours calls.
"""

from __future__ import annotations

import sys
from types import ModuleType

if "cel" not in sys.modules:
    sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
