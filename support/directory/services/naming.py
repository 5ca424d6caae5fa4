"""What the search of practitioners reads: name, home school, titles and areas."""

from __future__ import annotations

from django.db.models import QuerySet

from support.directory.models import Practitioner

BATCH = 500


def refresh_search(practitioners: QuerySet[Practitioner]) -> int:
    """Word anew what the search reads of each; how many there were."""
    rows = practitioners.select_related("person", "home_school")
    found = list(rows.prefetch_related("designations", "areas").order_by("pk"))
    for practitioner in found:
        practitioner.search_text = practitioner.searchable(*names_of(practitioner))
    Practitioner.objects.bulk_update(found, ["search_text"], batch_size=BATCH)
    return len(found)


def names_of(practitioner: Practitioner) -> list[str]:
    """School, titles and areas, in the order in which the search has them."""
    school = [practitioner.home_school.name] if practitioner.home_school else []
    titles = sorted(f"{each.name} {each.short}" for each in practitioner.designations.all())
    areas = sorted(each.name for each in practitioner.areas.all())
    return [*school, *titles, *areas]
