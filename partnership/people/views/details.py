"""Pages about oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from partnership.people.forms import MyDetailsForm
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.people.services import edit_person
from partnership.toolkit.versions import ChangedSince


def my_details(request: PersonRequest) -> HttpResponse:
    person = Person.objects.get(pk=request.user.pk)
    posted = request.POST if request.method == "POST" else None
    form = MyDetailsForm(posted, instance=person, initial={"seen_version": person.version})
    current = None
    if form.is_valid():
        try:
            edit_person(
                person=person,
                changes=form.changes,
                by=request.user,
                now=timezone.now(),
                seen_version=form.cleaned_data["seen_version"],
            )
        except ChangedSince as error:
            current = error.current
            form = form.seeing(error.current.version)  # type: ignore[attr-defined]  # a Person
        else:
            messages.success(request, "Your details are saved.")
            return redirect("people:my_details")
    return render(request, "people/my_details.html", {"form": form, "current": current})
