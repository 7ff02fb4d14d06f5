"""The forms of sign-in that are worded for the office."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """The fields of django-allauth's form, called as the office calls them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("Password")
        self.fields["remember"].label = _("Stay signed in on this device")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """The form that adds a passkey or a security key, in the office's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call it")
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Sign in with it without a password (passkey)")
            self.fields["passwordless"].help_text = _(
                "Your device then asks for your fingerprint, face or PIN."
            )
