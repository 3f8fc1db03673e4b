"""Matches: which offers answer which needs, across Finnish, Swedish and English.

`rank` by words alone; `Index` for companies, with distance, language, acquaintances, fairness and what was called
not relevant. Nothing is loaded until asked: the dictionaries take seconds and 30 MB.
"""

from ydin.planning.matching.io import dump, load
from ydin.planning.matching.model import Company, Item, Market, Suggestion
from ydin.planning.matching.partners import Index, Taste
from ydin.planning.matching.ranking import rank
from ydin.planning.matching.taxonomy import concepts
from ydin.planning.matching.vectors import Text, Vectoriser

__all__ = [
    "Company",
    "Index",
    "Item",
    "Market",
    "Suggestion",
    "Taste",
    "Text",
    "Vectoriser",
    "concepts",
    "dump",
    "load",
    "rank",
]
