"""Words by which an inspectorate grades or has graded: no label of an alliance is one of them."""

from __future__ import annotations

from partnership.toolkit.folding import folded

# Ofsted’s grades until 2024, and those of its report cards since November 2025
GRADES = frozenset(
    {
        "outstanding",
        "good",
        "satisfactory",
        "requires improvement",
        "inadequate",
        "exceptional",
        "strong standard",
        "strong",
        "expected standard",
        "expected",
        "secure",
        "attention needed",
        "needs attention",
        "causing concern",
        "urgent improvement",
        "serious weaknesses",
        "special measures",
    }
)


def is_inspectorates(label: str) -> bool:
    """Whether a label would be taken for an inspectorate's grade."""
    return " ".join(folded(label).strip(" .").split()) in GRADES
