import factory
from factory.django import DjangoModelFactory

from partnership.people.models import Person

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
