"""What the planning engine refuses."""


class InputError(ValueError):
    """Input that cannot be planned; `field` names the place, such as `groups[3].members[7].evenings[2]`."""

    def __init__(self, field: str, message: str) -> None:
        """Keep both parts; the text of the error is one line."""
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message
