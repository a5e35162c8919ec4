"""What every CSV file of the site keeps to."""

from __future__ import annotations

STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """A cell that would be read as a formula gets an apostrophe in front, which spreadsheets hide."""
    return f"'{cell}" if cell.lstrip(" ").startswith(STARTS_OF_FORMULAS) else cell
