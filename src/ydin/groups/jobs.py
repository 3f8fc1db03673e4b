"""Jobs of groups."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ydin.groups.services.mail_problems import tell_failing_address
from ydin.kernel.acting import acting_as_system


@app.task(name="groups.tell_failing_address", queue="default", pass_context=False)
def tell(address: str) -> None:
    """Tell the coordinators that mail does not reach an address; running it twice tells once."""
    with acting_as_system():
        tell_failing_address(actor=None, address=address)
