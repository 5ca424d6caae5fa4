"""Filters of the outbox."""

import django_filters
from django.db.models import QuerySet

from partnership.notices.models import Notice
from partnership.toolkit.registers import notice_kinds


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of notice that a room offers and that portal staff may know of."""
    kinds = notice_kinds().items()
    return sorted((key, kind.words) for key, kind in kinds if not kind.in_confidence)


class NoticeFilter(django_filters.FilterSet):
    """The outbox by state, kind and recipient."""

    q = django_filters.CharFilter(method="by_recipient", label="Recipient’s e-mail address")
    state = django_filters.ChoiceFilter(
        choices=Notice.State.choices, label="State", empty_label="Any state"
    )
    kind = django_filters.ChoiceFilter(choices=kind_choices, label="Kind", empty_label="Any kind")

    class Meta:
        model = Notice
        fields = ["q", "state", "kind"]

    def by_recipient(self, notices: QuerySet[Notice], _name: str, words: str) -> QuerySet[Notice]:
        """Notices to whoever's address begins so."""
        return notices.filter(recipient__email__istartswith=words.strip())
