"""Putting letters into the outbox and delivering them. The names below are what other slices call."""

from ydin.outbox.services.deliver import deliver_message
from ydin.outbox.services.posting import post, post_all

__all__ = ["deliver_message", "post", "post_all"]
