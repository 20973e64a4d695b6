"""The use cases: everything a person does with redline, one function each. The one room that knows all the others.

A use case reads and decides first and writes last, in one act. Fronts call these and draw what they return; nothing here
prints, and heavy rooms are imported inside the functions that need them.
"""

from __future__ import annotations

from redline.desk.desk import Desk

__all__ = ["Desk"]
