import pytest

from alliances.schools.models import School, SchoolPost
from tests.factories.schools import SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db


def test_keys_found_first_give_the_same_rows():
    post = SchoolPostFactory()
    other = SchoolPostFactory()
    SchoolFactory()
    hers = SchoolPost.objects.filter(person=post.person).values("school")
    others = SchoolPost.objects.filter(person=other.person).values("school")

    either = School.objects.filter(pk__among=hers.union(others, all=True)).order_by("pk")

    assert list(School.objects.filter(pk__among=hers)) == [post.school]
    assert list(either) == [post.school, other.school]
    assert list(School.objects.filter(pk__among=[post.school.pk])) == [post.school]
    assert list(School.objects.exclude(pk__among=hers).filter(pk=post.school.pk)) == []
