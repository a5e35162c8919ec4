"""The forms and facts of signing in, in our words: labels, help, errors, and which device a session runs on."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm

from members.passwords import LengthValidator

register = template.Library()

ADDRESS = "Write your e-mail address with an @, for example kim@example.org."
CODE = "This code does not fit. A code from the app changes every 30 seconds: type the newest one."
UNRELATED = "Four unrelated words work well."


@dataclass(frozen=True)
class Words:
    """What is said about one field. missing: the error where it was left empty."""

    label: str
    missing: str
    help: str | None = None


PASSWORD = Words("Password", "Type your password.", "")
NEW_PASSWORD = Words("New password", "Choose a password.", LengthValidator().get_help_text())
AGAIN = Words("New password, once more", "Type the new password a second time.")
EMAIL = Words("E-mail address", ADDRESS)

# By form and field; the form's name is left out where all forms mean the same.
FIELDS = {
    "LoginForm.login": EMAIL,
    "LoginForm.password": Words("Password", "Type your password."),
    "LoginForm.remember": Words(
        "Keep me logged in on this device", "", "For three weeks. Leave it off where others use the device too."
    ),
    "SignupForm.email": Words("E-mail address", ADDRESS, "We send one mail to confirm it. Only organizers can see it."),
    "SignupForm.name": Words("Your name", "Write the name that others should see."),
    "SignupForm.password1": Words("Password", "Choose a password.", LengthValidator().get_help_text()),
    "AddEmailForm.email": Words(
        "New e-mail address", ADDRESS, "The old one stays in use until you open the link that we send to the new one."
    ),
    "email": EMAIL,
    "oldpassword": Words("Password you use now", "Type the password you use now."),
    "password": PASSWORD,
    "password1": NEW_PASSWORD,
    "password2": AGAIN,
    "ActivateTOTPForm.code": Words("Code from the app", "Type the six digits that the app shows."),
    "code": Words("Code", "Type a code.", "Six digits from your app, or one of your recovery codes."),
    "AddWebAuthnForm.name": Words("Name of the key", "", "Such as “Work laptop” or “Blue key”."),
    "AddWebAuthnForm.passwordless": Words(
        "Log in with this key alone, without a password",
        "",
        "The device then asks for your finger, your face or its PIN.",
    ),
    "EditWebAuthnForm.name": Words("Name of the key", "Write a name for the key."),
}
ERRORS = {
    "incorrect_code": CODE,
    "password_too_common": f"This password is on the lists that guessers use. Choose another one. {UNRELATED}",
    "password_too_similar": f"This password is close to your name or address. Choose another one. {UNRELATED}",
}
DIGITS = {"code"}

BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
]


@register.filter
def in_our_words(form: BaseForm) -> BaseForm:
    """The same form with our labels, help texts and errors, and no placeholders. Repeating changes nothing."""
    for bound in form:
        words = FIELDS.get(f"{type(form).__name__}.{bound.name}") or FIELDS.get(bound.name)
        bound.field.widget.attrs.pop("placeholder", None)
        if bound.name in DIGITS:
            bound.field.widget.attrs["inputmode"] = "numeric"
        if words:
            bound.label = words.label
            bound.help_text = bound.help_text if words.help is None else words.help
            bound.field.help_text = bound.help_text
        for error in bound.errors.as_data():
            error.message = said_better(error, words) or error.message
    return form


def said_better(error: ValidationError, words: Words | None) -> str:
    """Our words for an error; empty where Django's are good enough."""
    if words and words.missing and (error.code == "required" or (error.code == "invalid" and words.missing == ADDRESS)):
        return words.missing
    return ERRORS.get(error.code or "", "")


@register.filter
def device(user_agent: str) -> str:
    """`Firefox on Windows`: nothing of what a browser says about itself is repeated, as it may hold anything."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return " on ".join(filter(None, [browser, system])) or "an unknown program"
