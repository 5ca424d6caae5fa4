"""A programme that everybody has signed, with all its people: support has begun."""

from datetime import timedelta

from support.programmes.models import Agreement, AgreementTerm, Programme
from tests.support.programmes.agreed import TERMS, make_agreed
from tests.support.programmes.scene import NOW, TODAY

__all__ = ["NOW", "TERMS", "TODAY", "begin", "make_begun"]


def make_begun(*, terms=TERMS, **facts):
    """As `make_agreed`, signed by all an hour ago; facts are of the programme."""
    at = NOW - timedelta(hours=1)
    made = make_agreed(**({"sent_at": at, "signed_at": at} | facts))
    begin(made.programme, made.director, terms=terms)
    return made


def begin(programme: Programme, director, *, terms=TERMS, at=NOW) -> Agreement:
    """Give it a signed agreement with its terms."""
    agreement = Agreement.objects.create(
        programme=programme,
        number=1,
        state=Agreement.State.SIGNED,
        outcomes="Teachers model writing each day\nThe English lead leads",
        drafted_by=director,
        drafted_at=at,
        sent_at=at,
        signed_at=at,
    )
    AgreementTerm.objects.bulk_create(
        AgreementTerm(agreement=agreement, number=number, starts_on=first, ends_on=last)
        for number, (first, last) in enumerate(terms, 1)
    )
    return agreement
