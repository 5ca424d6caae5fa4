"""What a director fills in about the posts in her alliance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from alliances.membership.models import Alliance, AlliancePost, Area
from alliances.schools.forms.posts import AddressField, NameField

Kind = AlliancePost.Kind


class PostFields(PlainForm):
    """What a post is about, its paid time and its days."""

    area = forms.ModelChoiceField(
        label="Area that is led",
        queryset=Area.objects.none(),
        required=False,
        empty_label="No area of its own",
        help_text="Only for a strategic lead.",
    )
    description = forms.CharField(
        label="What the post does",
        max_length=200,
        required=False,
        help_text="A few words, such as “first contact; signposts requests”.",
    )
    funded_days = forms.DecimalField(
        label="Funded days",
        min_value=0.5,
        max_value=99,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-2", "step": "0.5"}),
        help_text="Half a day is 0.5. Leave it empty where no time is paid.",
    )
    funded_per = forms.ChoiceField(
        label="For each",
        choices=[("", "Not funded"), *AlliancePost.FundedPer.choices],
        required=False,
    )
    starts_on = DayField(label="From", required=False)
    ends_on = DayField(
        label="Last day",
        required=False,
        help_text="Leave it empty as long as the post goes on.",
    )

    def __init__(
        self, *args: Any, alliance: Alliance, kept_area: int | None = None, **kwargs: Any
    ) -> None:
        """Offer the alliance's open areas, and the one that a post has already."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["area"]
        offered = Q(closed_on=None) | Q(pk=kept_area)
        field.queryset = Area.objects.filter(offered, alliance=alliance).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        """Paid time is so many days for each week or half term."""
        cleaned = super().clean()
        days, per = cleaned.get("funded_days"), cleaned.get("funded_per")
        if days and not per:
            self.add_error("funded_per", "Say whether these are days a week or a half term.")
        elif per and not days and "funded_days" not in self.errors:
            self.add_error("funded_days", "Write how many days, or choose “Not funded”.")
        if cleaned.get("area") and cleaned.get("kind", Kind.STRATEGIC_LEAD) != Kind.STRATEGIC_LEAD:
            self.add_error("area", "Only a strategic lead leads an area. Choose no area.")
        return cleaned


class AddPostForm(PostFields):
    """Who holds which post; who isn't in the portal yet is invited."""

    name = NameField(help_text="As colleagues at other schools know this person.")
    email = AddressField(
        help_text="Who isn’t in the portal yet gets an invitation at this address."
    )
    kind = forms.ChoiceField(
        label="Post",
        choices=[("", "Choose a post"), *Kind.choices],
        help_text="Several chairs are co-chairs.",
    )
    field_order = ("name", "email", "kind")


class PostForm(KeptForm, PostFields):
    """A post as it stands."""

    def __init__(self, *args: Any, post: AlliancePost, **kwargs: Any) -> None:
        """Begin with how it stands; only a strategic lead has an area."""
        names = ("area", "description", "funded_days", "funded_per", "starts_on", "ends_on")
        super().__init__(
            *args,
            alliance=post.alliance,
            kept_area=post.area_id,
            initial=values_of(post, names),
            **kwargs,
        )
        if post.kind != Kind.STRATEGIC_LEAD:
            del self.fields["area"]
            self.helper.layout.fields.remove("area")
