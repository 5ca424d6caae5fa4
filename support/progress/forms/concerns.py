"""What is typed about a concern."""

from __future__ import annotations

from django import forms

from alliances.membership.forms.kept import PlainForm

ONLY_THREE = "The director and the two heads read it, and nobody else."


class ConcernForm(PlainForm):
    """What stands in the way."""

    words = forms.CharField(
        label="What concerns you",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"Say what happened and what it means for the work. {ONLY_THREE}",
    )


class ConcernReplyForm(PlainForm):
    """How the supported head sees it."""

    reply = forms.CharField(
        label="Your reply",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="It stands beside the concern, as you write it. It is written once.",
    )


class ConcernStepForm(PlainForm):
    """What was done about it."""

    words = forms.CharField(
        label="What was done", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_further = forms.BooleanField(
        label="It was taken further",
        required=False,
        help_text=(
            "Outside the portal, to the chair or the local authority: say to whom above. "
            "The portal tells only the director and the two heads."
        ),
    )


class ConcernResolveForm(PlainForm):
    """How it ended."""

    how = forms.CharField(
        label="How it was resolved",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The concern stays to be read by the same three people.",
    )
