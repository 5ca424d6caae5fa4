"""What a director fills in about areas, other alliances, partners and the public page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from alliances.membership.models import (
    Alliance,
    AllianceLink,
    Area,
    Partner,
    PublicPage,
)


class AreaForm(KeptForm):
    """A strand of the alliance's work."""

    name = forms.CharField(label="Name", max_length=80)
    purpose = forms.CharField(
        label="What it is for", max_length=300, required=False, help_text="One sentence."
    )
    closed_on = DayField(
        label="Last day",
        required=False,
        help_text="Leave it empty as long as the alliance works on it.",
    )

    def __init__(self, *args: Any, area: Area | None = None, **kwargs: Any) -> None:
        """Empty, or as the area stands."""
        if area is not None:
            kwargs["initial"] = values_of(area, ("name", "purpose", "closed_on"))
        super().__init__(*args, **kwargs)
        if area is None:
            del self.fields["closed_on"]
            self.helper.layout.fields.remove("closed_on")


class LinkForm(PlainForm):
    """What the alliance is, or will be, to another."""

    kind = forms.ChoiceField(
        label="This alliance …", choices=AllianceLink.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="… which alliance or network?",
        max_length=120,
        help_text="Written as in the portal’s list of alliances it stands on both pages.",
    )
    starts_on = DayField(
        label="From", required=False, help_text="A coming day says that it is becoming so."
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        """Know which alliance it is that is linked."""
        super().__init__(*args, **kwargs)
        self.alliance = alliance
        self.other: Alliance | None = None

    def clean_name(self) -> str:
        """Find the alliance of this name, other than this one."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        self.other = Alliance.objects.filter(name__iexact=name).order_by("pk").first()
        if self.other == self.alliance:
            raise forms.ValidationError("Choose another alliance than this one.")
        return name


class PartnerForm(KeptForm):
    """An organisation outside schools, what it brings, and whom to ask for."""

    name = forms.CharField(label="Name of the organisation", max_length=120)
    organisation = forms.ChoiceField(
        label="What it is", choices=[("", "Choose one"), *Partner.Organisation.choices]
    )
    kind = forms.ChoiceField(label="Belongs as", choices=Partner.Kind.choices)
    brings = forms.CharField(
        label="What it brings", max_length=300, required=False, help_text="Everybody may read it."
    )
    contact_name = forms.CharField(
        label="Whom to ask for",
        max_length=150,
        required=False,
        help_text="Only the alliance’s own people read the contact.",
    )
    contact_email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        error_messages={"invalid": "Write a whole address, like name@university.example."},
    )
    contact_phone = forms.CharField(label="Telephone", max_length=30, required=False)
    starts_on = DayField(label="From")
    ends_on = DayField(
        label="Last day",
        required=False,
        help_text="Leave it empty unless an end is agreed already.",
    )

    NAMES = (
        "name",
        "organisation",
        "kind",
        "brings",
        "contact_name",
        "contact_email",
        "contact_phone",
        "starts_on",
        "ends_on",
    )

    def __init__(
        self, *args: Any, on: date | None = None, partner: Partner | None = None, **kwargs: Any
    ) -> None:
        """A partner from today on, or as one stands."""
        if partner is not None:
            kwargs["initial"] = values_of(partner, self.NAMES)
        else:
            kwargs["initial"] = {"kind": Partner.Kind.PARTNER, "starts_on": on}
        super().__init__(*args, **kwargs)


class PublicPageForm(KeptForm):
    """What everybody may read of the alliance."""

    is_open = forms.BooleanField(
        label="Everybody may read this page, without signing in",
        required=False,
        help_text="It then stands on the portal’s front page too.",
    )
    headline = forms.CharField(
        label="Headline",
        max_length=100,
        required=False,
        help_text="Such as “Schools in Oldham, working as one”. Without one it is the name.",
    )
    lead = forms.CharField(label="First sentence", max_length=300, required=False)
    words = forms.CharField(
        label="About the alliance",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="An empty line begins a new paragraph. Name no child and no family.",
    )
    involved = forms.CharField(
        label="How to get involved",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label="E-mail address for enquiries",
        max_length=254,
        required=False,
        help_text="Everybody can read it: choose an office’s address, not your own.",
    )

    NAMES = ("is_open", "headline", "lead", "words", "involved", "email")

    def __init__(self, *args: Any, page: PublicPage, **kwargs: Any) -> None:
        """Begin with how the page stands."""
        super().__init__(*args, initial=values_of(page, self.NAMES), **kwargs)
