import json

import factory
from allauth.mfa.models import Authenticator
from factory.django import DjangoModelFactory

from partnership.people.models import Person
from tests.telephone import Telephone

PASSWORD = "a long enough password"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    class Params:
        staff = factory.Trait(is_staff=True, is_superuser=True)
        invited_only = factory.Trait(is_active=False)

    email = factory.Sequence(lambda n: f"person{n}@school.example")
    name = factory.Sequence(lambda n: f"Person {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save()


class PasskeyFactory(DjangoModelFactory):
    class Meta:
        model = Authenticator
        exclude = ("name",)

    user = factory.SubFactory(PersonFactory)
    type = Authenticator.Type.WEBAUTHN
    name = "School laptop"
    data = factory.LazyAttribute(
        lambda passkey: {"name": passkey.name, "credential": _made_for(passkey.user)}
    )


def _made_for(person):
    options = {"rp": {"id": "testserver"}, "user": {"id": str(person.pk)}, "challenge": "AAAA"}
    return json.loads(Telephone().makes({"publicKey": options}))
