"""Parts of the layout of letters that are the same in each of them: rendered once a process."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1)
def email_style() -> SafeString:
    """The style of every letter, with the colours of tokens.css."""
    return SafeString(render_to_string("ui/email_style.html").strip())
