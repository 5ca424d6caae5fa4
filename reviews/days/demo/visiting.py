"""Living the day and what the team makes of it: notes, views, findings, the report, its release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from partnership.people.models import Person
from reviews.cycles.models import Judgement, Theme
from reviews.cycles.services.holding import say_held
from reviews.days.demo.before import ReviewTeller
from reviews.days.demo.outline import DEVELOPMENT
from reviews.days.models import Finding, Note, Report
from reviews.days.services.agreeing import agree_to_findings
from reviews.days.services.checking import answer_comment, comment_on, say_accurate, send_report
from reviews.days.services.finding import add_finding
from reviews.days.services.labelling import give_label
from reviews.days.services.moderating import end_moderation
from reviews.days.services.noting import SentNote, keep_notes
from reviews.days.services.releasing import release_report
from reviews.days.services.reporting import draft_report, word_report
from reviews.days.services.viewing import complete_views, keep_view

BETWEEN = timedelta(minutes=35)


class Visit(ReviewTeller):
    """The same review from the morning of the day to the release of its report."""

    def themes(self) -> list[Theme]:
        """What the framework looks at."""
        return list(Theme.objects.filter(framework=self.day.cycle.framework).order_by("place"))

    def labels(self) -> list[Judgement]:
        """How the framework says how far it is."""
        labels = Judgement.objects.filter(framework=self.day.cycle.framework)
        return list(labels.order_by("place"))

    def write(self) -> None:
        """Each reviewer writes what she has seen, where she saw it."""
        themes = self.themes()
        for turn, person in enumerate(self.team):
            notes = [
                SentNote(
                    key=uuid5(NAMESPACE_URL, f"{self.day.pk}-{turn}-{number}"),
                    text=text,
                    activity=activity,
                    theme=themes[theme].pk,
                    written_at=self._then(turn, number),
                )
                for number, (theme, activity, text) in enumerate(self.story.notes)
                if number % len(self.team) == turn
            ]
            keep_notes(review=self.review, notes=notes, by=person, now=self._then(turn, 9))

    def _then(self, turn: int, number: int) -> datetime:
        written = self.day.starts_at + number * BETWEEN + turn * timedelta(minutes=4)
        return min(written, self.day.ends_at, self.clock.now)

    def hold(self) -> None:
        """The lead says that it was held."""
        now = min(self.day.ends_at + timedelta(hours=1), self.clock.now)
        say_held(day=self.day, by=self.lead, now=now)

    def view(self, people: Sequence[Person]) -> None:
        """These have written what they think of each theme, and say that it is all."""
        now = min(self.day.ends_at + timedelta(hours=2), self.clock.now)
        for turn, person in enumerate(people):
            for place, theme in enumerate(self.themes()):
                found = [each for each in self.story.findings if each.theme == place]
                seen = [text for number, _where, text in self.story.notes if number == place]
                if not found and not seen:
                    continue
                strengths = [each.words for each in found if each.meaning != DEVELOPMENT]
                development = [each.words for each in found if each.meaning == DEVELOPMENT]
                if turn:
                    first, *rest = seen or [""]
                    strengths = [first] if strengths and turn == 1 else []
                    development = rest if strengths or turn > 1 else seen
                changes = {
                    "strengths": " ".join(strengths),
                    "development": " ".join(development),
                    "judgement": self.labels()[(place + turn) % 2 + 1],
                }
                keep_view(
                    review=self.review,
                    theme=theme,
                    changes=changes,
                    seen_version=0,
                    by=person,
                    now=now,
                )
            complete_views(review=self.review, by=person, now=now)

    def moderate(self, number: int) -> None:
        """The team agrees on findings, says what changed, and gives each theme its label."""
        told = self.by(self.lead, number, 16)
        themes, labels = self.themes(), self.labels()
        for each in self.story.findings:
            evidence = Note.objects.filter(
                review=self.review, theme=themes[each.theme], removed_at=None
            )
            words = {
                "meaning": each.meaning,
                "theme": themes[each.theme],
                "words": each.words,
                "changed_in_talk": each.talk,
            }
            notes = list(evidence.values_list("pk", flat=True))
            add_finding(review=self.review, words=words, notes=notes, **told)
        seen = dict(Finding.objects.filter(review=self.review).values_list("pk", "version"))
        for person in self.team:
            agree_to_findings(review=self.review, seen=seen, **self.by(person, number, 17))
        for each in self.story.findings:
            label = labels[2 if each.meaning == DEVELOPMENT else 1]
            theme = themes[each.theme]
            if not self.review.labels.filter(theme=theme).exists():
                give_label(review=self.review, theme=theme, judgement=label, **told)
        end_moderation(review=self.review, **self.by(self.lead, number, 17))

    def draft(self, number: int) -> Report:
        """The lead drafts the report out of the findings."""
        told = self.by(self.lead, number)
        draft_report(review=self.review, **told)
        words = {"opening": self.story.opening, "closing": self.story.closing}
        return word_report(review=self.review, changes=words, **told)

    def send(self, number: int) -> None:
        """The host has it to check."""
        send_report(review=self.review, **self.by(self.lead, number))

    def dispute(self, number: int) -> None:
        """The head says which sentence isn't accurate."""
        quoted, words = self.story.disputed
        parts = self.review.report.parts.filter(words__startswith=quoted)
        comment_on(
            review=self.review,
            part=parts.first(),
            quoted=quoted,
            words=words,
            **self.by(self.head, number),
        )

    def settle(self, number: int) -> None:
        """The lead answers, the head says that it is accurate, and the report is the school's."""
        comment = self.review.report.comments.get(answered_at=None)
        answer_comment(
            review=self.review,
            comment=comment,
            outcome="kept",
            answer=self.story.answered,
            **self.by(self.lead, number),
        )
        say_accurate(review=self.review, **self.by(self.head, number + 1))
        release_report(review=self.review, **self.by(self.lead, number + 2))
