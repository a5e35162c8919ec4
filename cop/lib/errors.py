"""The one way in which an operation says no."""


class Refused(Exception):
    """The wish cannot be granted; the message is written for the person who asked.

    `lost_race` marks a refusal that came from somebody else being quicker: HTTP answers it with 409."""

    def __init__(self, message: str, *, lost_race: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.lost_race = lost_race
