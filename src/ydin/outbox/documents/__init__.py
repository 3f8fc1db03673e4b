"""A row of the outbox as it goes over the wire: envelope, headers, body."""
