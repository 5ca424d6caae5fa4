import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template import Context, engines
from django.test import RequestFactory

from partnership.toolkit.registers import Duty
from partnership.toolkit.widgets import ClockInput, DayAndClock, DayInput, Segments

LONDON = ZoneInfo("Europe/London")


def shown(source, address="/", **context):
    template = engines["django"].from_string("{% load portal %}" + source)
    request = RequestFactory().get(address)
    return template.template.render(Context({"request": request, **context}))


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


class Page:
    has_previous = True
    has_next = True
    number = 2
    previous_number = 1
    next_number = 3


class MeetingForm(forms.Form):
    title = forms.CharField(help_text="Say what it is about.")
    body = forms.ChoiceField(choices=[("heads", "Heads’ group")])
    held_on = forms.DateField(widget=DayInput)
    starts = forms.TimeField(widget=ClockInput)
    note = forms.CharField(required=False, widget=forms.Textarea)
    answer = forms.ChoiceField(widget=Segments, choices=[("yes", "Yes"), ("no", "No")])
    reply_by = forms.SplitDateTimeField(widget=DayAndClock)
    may_send = forms.BooleanField(label="Members may send somebody")


class FilterForm(forms.Form):
    phase = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2027, 1, 12, 16), "Tuesday 12 January 2027, 4pm"),
        (at(2027, 6, 8, 15, 30), "Tuesday 8 June 2027, 4.30pm"),
        (at(2027, 1, 12, 12), "Tuesday 12 January 2027, 12pm"),
        (at(2027, 1, 12, 0), "Tuesday 12 January 2027, 12am"),
        (at(2027, 1, 12, 9, 5), "Tuesday 12 January 2027, 9.05am"),
        (at(2026, 6, 30, 23, 30), "Wednesday 1 July 2026, 12.30am"),
        (at(2027, 3, 28, 0, 59), "Sunday 28 March 2027, 12.59am"),
        (at(2027, 3, 28, 1, 0), "Sunday 28 March 2027, 2am"),
        (at(2026, 10, 25, 0, 30), "Sunday 25 October 2026, 1.30am"),
        (at(2026, 10, 25, 1, 30), "Sunday 25 October 2026, 1.30am"),
        (at(2026, 10, 25, 2, 0), "Sunday 25 October 2026, 2am"),
    ],
)
def test_moment_is_said_in_london_time(moment, words):
    assert shown("{{ moment|moment }}", moment=moment) == words


def test_moment_without_zone_is_london_time():
    naive = datetime(2026, 7, 1, 9)  # noqa: DTZ001 - what a form gives before it knows the zone

    assert shown("{{ moment|moment }}", moment=naive) == "Wednesday 1 July 2026, 9am"


def test_day_is_said_whole_and_short():
    assert shown("{{ day|day }}, {{ day|day_short }}", day=date(2027, 1, 12)) == (
        "Tuesday 12 January 2027, 12 Jan"
    )


def test_day_of_a_moment_is_the_one_london_has():
    assert shown("{{ moment|day }}", moment=at(2026, 6, 30, 23, 30)) == "Wednesday 1 July 2026"


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_said_of_no_day(value):
    source = (
        "{{ value|day }}{{ value|day_short }}{{ value|moment }}{{ value|clock }}"
        "{% span value %}{% time_day value %}{% time_day_short value %}"
        "{% time_moment value %}{% time_span value %}"
    )

    assert shown(source, value=value) == ""


def test_clock_takes_times_and_moments():
    assert shown("{{ clock|clock }}", clock=time(16, 30)) == "4.30pm"
    assert shown("{{ clock|clock }}", clock=time(0, 0)) == "12am"
    assert shown("{{ clock|clock }}", clock=at(2026, 7, 1, 11)) == "12pm"


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (at(2027, 1, 12, 16), at(2027, 1, 12, 17, 30), "Tuesday 12 January 2027, 4pm to 5.30pm"),
        (
            at(2027, 1, 12, 16),
            at(2027, 1, 13, 9),
            "Tuesday 12 January 2027, 4pm to Wednesday 13 January 2027, 9am",
        ),
        (at(2026, 10, 25, 0), at(2026, 10, 25, 3), "Sunday 25 October 2026, 1am to 3am"),
        (at(2027, 3, 28, 0), at(2027, 3, 28, 2), "Sunday 28 March 2027, 12am to 3am"),
        (
            date(2026, 10, 26),
            date(2026, 10, 30),
            "Monday 26 October 2026 to Friday 30 October 2026",
        ),
        (at(2027, 1, 12, 16), None, "Tuesday 12 January 2027, 4pm"),
        (date(2027, 1, 12), date(2027, 1, 12), "Tuesday 12 January 2027"),
    ],
)
def test_span_names_the_second_day_only_where_it_differs(starts, ends, words):
    assert shown("{% span starts ends %}", starts=starts, ends=ends) == words


def test_time_elements_say_to_machines_which_of_two_equal_hours_is_meant():
    source = "{% time_moment first %} {% time_moment second %}"

    page = shown(source, first=at(2026, 10, 25, 0, 30), second=at(2026, 10, 25, 1, 30))

    assert page == (
        '<time datetime="2026-10-25T01:30+01:00">Sunday 25 October 2026, 1.30am</time> '
        '<time datetime="2026-10-25T01:30+00:00">Sunday 25 October 2026, 1.30am</time>'
    )


def test_time_span_marks_both_ends():
    page = shown("{% time_span a b %}", a=at(2027, 1, 12, 16), b=at(2027, 1, 12, 17, 30))

    assert page == (
        '<time datetime="2027-01-12T16:00+00:00">Tuesday 12 January 2027, 4pm</time> to '
        '<time datetime="2027-01-12T17:30+00:00">5.30pm</time>'
    )
    assert shown("{% time_span a %}", a=date(2027, 1, 12)) == (
        '<time datetime="2027-01-12">Tuesday 12 January 2027</time>'
    )


def test_time_day_marks_a_day():
    assert shown("{% time_day day %} {% time_day_short day %}", day=date(2027, 1, 12)) == (
        '<time datetime="2027-01-12">Tuesday 12 January 2027</time> '
        '<time datetime="2027-01-12">12 Jan</time>'
    )


def test_sprite_holds_what_the_page_and_its_parts_use():
    page = shown('{% icon "mail" %}{% use_icons "pin" %}{% icon_sprite %}')

    assert '<use href="#icon-mail"/>' in page
    assert [name for name in ("late", "done", "mail", "pin") if f'id="icon-{name}"' in page] == [
        "late",
        "done",
        "mail",
        "pin",
    ]
    assert 'id="icon-home"' not in page


def test_sprite_works_without_a_request():
    template = engines["django"].from_string(
        '{% load portal %}{% include part %}{% icon "home" %}{% icon_sprite %}'
    )
    part = engines["django"].from_string('{% load portal %}{% icon "pin" %}')

    page = template.render({"part": part.template})

    assert 'id="icon-pin"' in page
    assert 'id="icon-home"' in page


def test_sprite_holds_what_parts_use_that_see_nothing_of_the_page():
    part = engines["django"].from_string('{% load portal %}{% icon "pin" %}').template

    page = shown("{% include part with school=1 only %}{% icon_sprite %}", part=part)

    assert 'id="icon-pin"' in page


def test_status_says_a_word_beside_its_icon():
    assert shown('{% status "soon" word %}', word="Due <Friday>") == (
        '<span class="status-tag is-soon"><svg class="icon" aria-hidden="true">'
        '<use href="#icon-soon"/></svg>Due &lt;Friday&gt;</span>'
    )


def test_column_orders_and_turns_round():
    source = '{% th_sort "name" first=True %}|{% sortable "name" "School" first=True %}'

    assert shown(source).startswith(' aria-sort="ascending"|<a href="?order=-name">School ')
    assert shown(source, "/?order=-name&text=hill&page=3").startswith(
        ' aria-sort="descending"|<a href="?text=hill&amp;order=name">School '
    )
    assert shown(source, "/?order=place").startswith('|<a href="?order=name">School ')


def test_pages_keep_the_query_string():
    page = shown("{% page_links page %}", "/?text=hill&page=2", page=Page())

    assert 'href="?text=hill&amp;page=1"' in page
    assert 'href="?text=hill&amp;page=3"' in page
    assert 'aria-current="page"><span class="page-link">Page 2<' in page


def test_single_page_has_no_page_links():
    page = Page()
    page.has_previous = page.has_next = False

    assert shown("{% page_links page %}", page=page) == ""


def test_first_page_has_no_previous():
    page = Page()
    page.has_previous = False

    assert '<li class="page-item disabled"><span class="page-link">Previous' in shown(
        "{% page_links page %}", page=page
    )


def test_query_changes_one_value():
    assert shown('{% query phase="primary" %}', "/?la=oldham") == "?la=oldham&amp;phase=primary"


def test_message_stands_in_a_banner_with_its_first_sentence_strong():
    page = shown("{% message_banners %}", messages=[Message(SUCCESS, "Saved. All <14> know.")])

    assert page == (
        '<div class="banner is-done" role="status"><svg class="icon" aria-hidden="true">'
        '<use href="#icon-done"/></svg><p><strong>Saved.</strong> All &lt;14&gt; know.</p></div>'
    )


def test_first_sentence_of_a_message_goes_beyond_a_saint():
    page = shown(
        "{% message_banners %}", messages=[Message(SUCCESS, "St. Anne’s joins. It is full.")]
    )

    assert "<strong>St. Anne’s joins.</strong> It is full.</p>" in page


def test_summary_puts_no_colon_after_a_question():
    class AskingForm(forms.Form):
        is_right = forms.ChoiceField(label="Are these right?", choices=[("yes", "Yes")])

    page = shown("{% error_summary form %}", form=AskingForm({}))

    assert ">Are these right? Choose one.</a>" in page


def test_errors_are_summed_up_with_links_to_their_fields():
    form = MeetingForm({"title": "", "body": "heads", "held_on": "soon", "starts": "16:00"})

    page = shown("{% error_prefix form %}{% error_summary form %}", form=form)

    assert page.startswith("Error: ")
    assert ">Five things need another look</h2>" in page
    assert '<a href="#id_title">Title: Fill this in.</a>' in page
    assert '<a href="#id_held_on">Held on: Enter a valid date.</a>' in page
    assert '<a href="#id_answer_0">Answer: Choose one.</a>' in page
    assert '<a href="#id_reply_by_0">Reply by: Fill this in.</a>' in page
    assert '<a href="#id_may_send">Members may send somebody: Tick this box to go on.</a>' in page


def test_summary_stands_once():
    form = MeetingForm({})
    source = "{% error_summary form %}|{% error_summary form once=True %}"

    assert shown(source, form=form).endswith("</div>|")


def test_error_of_the_whole_form_is_said_without_a_link():
    form = FilterForm({})
    form.add_error(None, "Give a name or a phase.")

    assert "<li>Give a name or a phase.</li>" in shown("{% error_summary form %}", form=form)


def test_form_without_errors_says_nothing_of_errors():
    source = "{% error_prefix form %}{% error_summary form %}"

    assert shown(source, form=MeetingForm()) == ""
    assert shown(source, form=None) == ""


def test_field_is_label_hint_error_and_input_in_that_order():
    form = MeetingForm({"title": ""})

    page = shown("{% portal_field form.title %}", form=form)

    parts = ("<label", 'id="id_title_helptext"', 'id="id_title_error"', "<input")
    assert sorted(parts, key=page.index) == list(parts)
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'aria-invalid="true"' in page
    assert "style=" not in page


def test_optional_field_says_so_unless_all_are():
    assert "(optional)" in shown("{% portal_field form.note %}", form=MeetingForm())
    assert "(optional)" not in shown("{% portal_field form.phase %}", form=FilterForm())


def test_several_inputs_of_a_field_stand_in_one_fieldset():
    page = shown("{% portal_field form.reply_by %}", form=MeetingForm())

    assert "<legend>Reply by</legend>" in page
    assert re.findall(r'<label[^>]* for="([^"]+)">(\w+)</label>', page) == [
        ("id_reply_by_0", "Day"),
        ("id_reply_by_1", "Time"),
    ]


def test_segments_are_radios_in_labels():
    page = shown("{% portal_field form.answer %}", form=MeetingForm({"answer": "no"}))

    assert '<label><input type="radio" name="answer" value="yes"' in page
    assert page.count(" checked") == 1


def test_days_and_times_are_filled_in_as_browsers_expect():
    form = MeetingForm(initial={"held_on": date(2026, 12, 3), "starts": time(16, 30)})

    page = shown("{% portal_field form.held_on %}{% portal_field form.starts %}", form=form)

    assert 'type="date" name="held_on" value="2026-12-03"' in page
    assert 'type="time" name="starts" value="16:30"' in page


def test_page_may_say_label_and_help_better_than_the_form():
    page = shown(
        '{% portal_field form.title label="What it is" help_text="" placeholder="x" %}',
        form=MeetingForm(),
    )

    assert ">What it is</label>" in page
    assert "form-text" not in page
    assert 'placeholder="x"' in page


def test_crispy_form_uses_the_portals_fields_and_says_errors_once():
    page = shown(
        "{% load crispy_forms_tags %}{% error_summary form %}{% crispy form %}",
        form=MeetingForm({}),
    )

    assert page.count("data-portal-error-summary") == 1
    assert page.count('class="form-label"') == 5
    assert "novalidate" in page
    assert "style=" not in page


def test_frame_knows_the_portals_name_and_contact(settings):
    settings.PORTAL_NAME = "Schools Partnership"
    settings.PORTAL_CONTACT = "office@example.org"

    assert shown("{% portal_name %}, {% portal_contact %}") == (
        "Schools Partnership, office@example.org"
    )


def test_a_kept_form_holds_each_readers_own_token():
    source = '{% kept_form "home/includes/_duty.html" duty=duty tone="" %}'
    duty = Duty(*[None] * len(Duty._fields))._replace(
        kind="meetings.answer",
        thing_id=2,
        subject="Heads",
        page="1:1",
        detail="",
        due_at=at(2026, 11, 27, 15),
    )

    hers, his = (shown(source, duty=duty, csrf_token=token) for token in ("her-own", "his-own"))

    assert 'name="csrfmiddlewaretoken" value="her-own"' in hers
    assert hers.replace("her-own", "his-own") == his
