"""Compare two texts, and calculate with what comes out. Pure functions on model values: no files, no clock, no chance.

`diff` finds the redline between two versions. All else is imported from its module, so that whoever only compares loads no more:
`changes` cuts a redline into what a person decides on, `algebra` (`apply`, `invert`, `compose`) and `merge` (with `rebase`) are what
everything else in the product is built from, `fine` marks less for paper, `identity` carries clause ids.
"""

from .differ import diff

__all__ = ["diff"]
