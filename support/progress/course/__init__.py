"""Where a programme stands: its terms, and the facts from which tasks, gates and turns follow."""

from support.progress.course.facts import Facts, facts_of
from support.progress.course.terms import Terms, terms_of

__all__ = ["Facts", "Terms", "facts_of", "terms_of"]
