from datetime import date

import pytest

from tests.factories import AlliancePostFactory


@pytest.fixture
def director(client):
    post = AlliancePostFactory(
        alliance__name="Oldham Schools Alliance",
        alliance__slug="osa",
        person__name="Amina Hussain",
        starts_on=date(2021, 9, 1),
    )
    client.force_login(post.person)
    return post
