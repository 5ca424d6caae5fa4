"""People who sign in."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from partnership.people.names import check_name, tidy_name
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned


class PersonQuerySet(models.QuerySet["Person"]):
    """The vocabulary of people."""

    def named_like(self, words: str) -> Self:
        """Those whose name or address holds these words, in whatever case and with any marks."""
        return self.filter(
            Q(search_name__contains=folded(words)) | Q(email__icontains=words.strip())
        )

    def who_may_sign_in(self) -> Self:
        """Those who accepted their invitation and have not been deactivated."""
        return self.filter(is_active=True)

    def with_email(self, email: str) -> Self:
        """Whoever signs in by this address, in whatever case it is written."""
        return self.filter(email=email.strip().lower())


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made at run time
    """Makes people; only services, the demo and createsuperuser call it."""

    def create_user(
        self, email: str, name: str, password: str | None = None, **extra: Any
    ) -> Person:
        """A person who may sign in, once she has a password."""
        person = self.model(email=email.strip(), name=name, **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, name: str, password: str | None = None) -> Person:
        """Portal staff who may do everything in the admin."""
        return self.create_user(email, name, password, is_staff=True, is_superuser=True)


class Person(Versioned, AbstractBaseUser, PermissionsMixin):
    """Somebody at a school, an alliance or a partner, who signs in by e-mail."""

    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField("name", max_length=150, validators=[check_name])
    known_as = models.CharField(
        "known as",
        max_length=60,
        blank=True,
        validators=[check_name],
        help_text="What the portal greets you by. Leave it empty for your first name.",
    )
    telephone = models.CharField(
        "telephone",
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[0-9() ./-]{5,30}( ?(x|ext\.?) ?[0-9]{1,6})?$",
                "Write the number in figures, such as 0161 496 0000 or 0161 496 0000 ext 12.",
            )
        ],
        help_text="Where those who may have your address can reach you. Leave it empty if you like.",
    )
    search_name = models.CharField(max_length=200, editable=False)
    is_active = models.BooleanField(
        "may sign in",
        default=True,
        help_text="People who have not accepted their invitation, or have left, may not sign in.",
    )
    is_staff = models.BooleanField(
        "portal staff", default=False, help_text="Portal staff work in this admin."
    )
    created_at = models.DateTimeField("added at", auto_now_add=True)
    joined_at = models.DateTimeField("joined at", null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="an_address_belongs_to_one_person",
                violation_error_message="Somebody already has this e-mail address.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="an_address_is_kept_in_lower_case",
                violation_error_message="Write the e-mail address in lower case.",
            ),
        ]
        indexes = [
            models.Index(fields=["search_name", "id"], name="people_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Compare the address as it will be kept."""
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in lower case, the name composed (NFC) and its searchable form."""
        self.email = self.email.strip().lower()
        self.name = tidy_name(self.name)
        self.known_as = tidy_name(self.known_as)
        self.search_name = folded(self.name)[:200]
        if (fields := kwargs.get("update_fields")) and "name" in fields:
            kwargs["update_fields"] = {*fields, "search_name"}
        super().save(*args, **kwargs)

    @property
    def greeting(self) -> str:
        """What the desk calls her."""
        return self.known_as or self.name.split(" ")[0]

    def get_full_name(self) -> str:
        """The whole name, as Django asks for it."""
        return self.name

    def get_short_name(self) -> str:
        """The greeting, as Django asks for it."""
        return self.greeting
