import sys

from django.template.base import Node


class Undefined(str):
    """What a template shows for a variable nobody gave it: an error, if the template is ours."""

    __slots__ = ("own_templates",)

    def __new__(cls, own_templates):
        undefined = super().__new__(cls, "%s")
        undefined.own_templates = str(own_templates)
        return undefined

    def __mod__(self, variable):
        frame = sys._getframe(1)
        while frame is not None:
            node = frame.f_locals.get("self")
            origin = getattr(node, "origin", None) if isinstance(node, Node) else None
            if origin is not None:
                if str(origin.name).startswith(self.own_templates):
                    raise LookupError(f"{origin.template_name} shows “{variable}”: nobody gave it.")
                return ""
            frame = frame.f_back
        return ""
