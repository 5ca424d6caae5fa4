"""Forms of the room."""

from django import forms

from partnership.notices.models import MailChoice


class RemindersForm(forms.Form):
    """How somebody wants to be reminded."""

    reminders = forms.ChoiceField(
        label="How shall we remind you?",
        choices=MailChoice.Reminders.choices,
        widget=forms.RadioSelect,
        help_text="Invitations, moves and cancellations always come at once: they are news, "
        "and nobody should miss them.",
    )
