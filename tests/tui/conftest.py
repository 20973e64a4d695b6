"""Real keys through Textual's pilot, on a desk of hand-made views."""

from __future__ import annotations

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"
