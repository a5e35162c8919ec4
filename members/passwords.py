"""What a password must be: long, rather than full of odd signs."""

from django.core.exceptions import ValidationError

SHORTEST = 12


class LengthValidator:
    """At least 12 characters; says how many there are."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(
                f"Choose a password with at least {SHORTEST} characters; this one has {len(password)}.",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return f"{SHORTEST} characters or more. Four unrelated words work well, and your browser may keep them."
