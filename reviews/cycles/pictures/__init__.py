"""Pictures of a rota, drawn by the server from plain data: a draft's and the published one's alike.

`scene_of(cycle)` loads once what all of them need; `visits_of(draft.days)` reads a draft's days;
`grid`, `matrix`, `fairness` and `looks` say what is shown.
"""

from reviews.cycles.pictures.fairness import fairness
from reviews.cycles.pictures.grids import Grid, grid
from reviews.cycles.pictures.looks import Look, Past, looks
from reviews.cycles.pictures.matrices import Matrix, matrix
from reviews.cycles.pictures.published import Going, Line, published_lines
from reviews.cycles.pictures.scene import past_of, scene_of
from reviews.cycles.pictures.shapes import HostSchool, Scene, Visitor, Visits, visits_of

__all__ = [
    "Going",
    "Grid",
    "HostSchool",
    "Line",
    "Look",
    "Matrix",
    "Past",
    "Scene",
    "Visitor",
    "Visits",
    "fairness",
    "grid",
    "looks",
    "matrix",
    "past_of",
    "published_lines",
    "scene_of",
    "visits_of",
]
