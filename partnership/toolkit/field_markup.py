"""One form field as HTML, written in Python because templates made it twice as slow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from partnership.toolkit.icons import USES

LATE = USES["late"]
STOCK_REQUIRED = str(forms.Field.default_error_messages["required"])
OPTIONAL = mark_safe(' <span class="soft fw-normal">(optional)</span>')
DJANGO_ROWS = "10"
PORTAL_ROWS = "5"
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def is_optional(field: BoundField) -> bool:
    """Whether to say "(optional)": not where nothing is asked for, as in a filter."""
    if field.field.required:
        return False
    return any(other.required for other in field.form.fields.values())


def plain_error(field: BoundField, message: str) -> str:
    """The message; the stock one for an empty field says what to do instead."""
    if message != STOCK_REQUIRED:
        return message
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "Tick this box to go on."
    if isinstance(widget, (forms.Select, *CHOICES)):
        return "Choose one."
    return "Fill this in."


def first_input_id(field: BoundField) -> str:
    """The id that a link to the field leads to: its first input where it has several."""
    widget = field.field.widget
    if isinstance(widget, (*CHOICES, forms.MultiWidget)):
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


def _unlinked(sentence: str) -> str:
    """The words alone of a sentence that holds a link, since the summary links it to its field."""
    return strip_tags(sentence) if isinstance(sentence, SafeString) else sentence


def summary_rows(form: BaseForm) -> Iterator[tuple[str, str]]:
    """Every error of a form as (id of its input, or "", and its sentence)."""
    for error in form.non_field_errors():
        yield "", str(error)
    for field in form:
        for error in field.errors:
            sentence = _unlinked(plain_error(field, str(error)))
            if field.is_hidden:
                yield "", sentence
            else:
                stop = "" if str(field.label).endswith("?") else ":"
                yield first_input_id(field), f"{field.label}{stop} {sentence}"


def _help(field: BoundField) -> SafeString:
    if not field.help_text:
        return mark_safe("")
    return format_html(
        '<span class="form-text" id="{}_helptext">{}</span>', field.auto_id, field.help_text
    )


def _errors(field: BoundField) -> SafeString:
    if not field.errors:
        return mark_safe("")
    lines = format_html_join(
        mark_safe("<br>"), "{}", ((plain_error(field, str(error)),) for error in field.errors)
    )
    return format_html(
        '<div class="invalid-feedback" id="{}_error">{}<span>{}</span></div>',
        field.auto_id,
        LATE,
        lines,
    )


def _input_class(widget: forms.Widget) -> str:
    if isinstance(widget, (*CHOICES, forms.CheckboxInput)):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def widget_markup(field: BoundField, own: dict[str, Any] | None = None) -> SafeString:
    """The input itself, with the class names of its kind added to its own."""
    widget = field.field.widget
    attrs: dict[str, Any] = dict(own or {})
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == DJANGO_ROWS:
        attrs.setdefault("rows", PORTAL_ROWS)
    if getattr(widget, "takes_portal_classes", True):
        names = [str(widget.attrs.get("class", "")), _input_class(widget)]
        if field.errors:
            names.append("is-invalid")
        attrs["class"] = " ".join(filter(None, names))
    return field.as_widget(attrs=attrs)


def field_markup(
    field: BoundField, wrapper_class: str = "", attrs: dict[str, Any] | None = None
) -> SafeString:
    """Label, hint, error and input, in that order; a group of inputs in a fieldset."""
    if field.is_hidden:
        return field.as_widget()
    error = _errors(field)
    names = " ".join(filter(None, ["mb-3", wrapper_class, "has-error" if error else ""]))
    if isinstance(field.field.widget, forms.CheckboxInput):
        return _checkbox_markup(field, names, error, attrs)
    label = str(field.label)
    if is_optional(field):
        label = format_html("{}{}", label, OPTIONAL)
    if field.use_fieldset:
        described = field.aria_describedby
        return format_html(
            '<div class="{}" id="div_{}"><fieldset class="mb-0"{}><legend>{}</legend>{}{}{}'
            "</fieldset></div>",
            names,
            field.auto_id,
            format_html(' aria-describedby="{}"', described) if described else "",
            label,
            _help(field),
            error,
            widget_markup(field, attrs),
        )
    return format_html(
        '<div class="{}" id="div_{}"><label class="form-label" for="{}">{}</label>{}{}{}</div>',
        names,
        field.auto_id,
        field.id_for_label,
        label,
        _help(field),
        error,
        widget_markup(field, attrs),
    )


def _checkbox_markup(
    field: BoundField, names: str, error: SafeString, attrs: dict[str, Any] | None
) -> SafeString:
    return format_html(
        '<div class="{}" id="div_{}">{}<div class="form-check">{}'
        '<label class="form-check-label" for="{}">{}</label>{}</div></div>',
        names,
        field.auto_id,
        error,
        widget_markup(field, attrs),
        field.id_for_label,
        field.label,
        _help(field),
    )
