"""Living what comes of a report: who may read it, the workshop, actions, and what has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from partnership.people.models import Person
from reviews.days.demo.visiting import Visit
from reviews.days.models import Meaning, ReportPart
from reviews.days.services.acting import add_action, finish_action
from reviews.days.services.championing import ask_champion
from reviews.days.services.checking_back import answer_area, give_check_back
from reviews.days.services.consenting import give_consent
from reviews.days.services.workshops import arrange_workshop, say_workshop_held

CHAMPION = "champion@demo.example"


class Following(Visit):
    """The same review from the release of its report to the check-back."""

    def consent(self, number: int, *audiences: str) -> None:
        """The head says who else may read it."""
        for audience in audiences:
            give_consent(review=self.review, audience=audience, **self.by(self.head, number))

    def ask(self, number: int) -> Person:
        """Somebody who wasn't on the team leads the workshop."""
        champion = Person.objects.get(email=CHAMPION)
        ask_champion(review=self.review, champion=champion, **self.by(self.head, number))
        return champion

    def meet(self, number: int) -> None:
        """The workshop is arranged and held, and actions come of it."""
        starts_at = self.at(number, 14)
        told = self.by(self.head, number - 6)
        arrange_workshop(
            review=self.review,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            place="In our library",
            **told,
        )
        held: dict[str, Any] = {
            "by": self.head,
            "now": min(starts_at + timedelta(hours=3), self.clock.now),
        }
        say_workshop_held(review=self.review, agreed="What we do first, and who does it.", **held)
        parts = self.areas()
        for turn, words in enumerate(self.story.actions):
            action = add_action(
                review=self.review,
                facts={
                    "words": words,
                    "part": parts[turn % len(parts)],
                    "owner": self.head if not turn else None,
                    "owner_words": "English lead" if turn else "",
                    "due_at": starts_at + timedelta(days=40 + 20 * turn),
                },
                **held,
            )
            done_at = starts_at + timedelta(days=30)
            if not turn and done_at < self.clock.now:
                done: dict[str, Any] = {"words": "It stands in every plan.", "now": done_at}
                finish_action(action=action, by=self.head, **done)

    def areas(self) -> list[ReportPart]:
        """The report's areas for development."""
        parts = ReportPart.objects.filter(report__review=self.review, meaning=Meaning.DEVELOPMENT)
        return list(parts.order_by("place", "pk"))

    def check_back(self, number: int) -> None:
        """What changed, for whom, and how the school knows."""
        told = self.by(self.head, number)
        for part, changed in zip(self.areas(), self.story.changed, strict=True):
            answer_area(
                review=self.review,
                part=part,
                facts={
                    "extent": changed.extent,
                    "changed": changed.words,
                    "for_whom": changed.for_whom,
                    "evidence": changed.evidence,
                },
                **told,
            )
        next_steps = "We go on, and show it to a neighbouring school in the summer."
        give_check_back(review=self.review, next_steps=next_steps, **told)
