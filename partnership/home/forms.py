"""Forms that only show how forms look."""

from django import forms

from partnership.toolkit.widgets import Segments


class StyleForm(forms.Form):
    """One field of each kind, for the style page."""

    title = forms.CharField(label="Title", help_text="What the meeting is about, in a few words.")
    starts_on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    purpose = forms.ChoiceField(
        label="Purpose",
        choices=[("information", "For information"), ("decision", "For decision")],
    )
    answer = forms.ChoiceField(
        label="Will you come?",
        choices=[("yes", "Yes"), ("no", "No"), ("maybe", "Maybe")],
        widget=Segments,
    )
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    is_public = forms.BooleanField(label="Show it on the public page", required=False)
