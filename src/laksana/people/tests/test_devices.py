"""What a browser says of itself, and where it offers passkeys."""

import pytest
from django.template import Context
from django.test import RequestFactory

from laksana.people.devices import describe
from laksana.people.templatetags.people import passkeys_possible


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Safari/537.36 Edg/139.0",
            "Microsoft Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_device_is_told_by_browser_and_system(user_agent: str, said: str) -> None:
    assert describe(user_agent) == said


@pytest.mark.parametrize(
    ("host", "secure", "possible"),
    [
        ("kantor.example", True, True),
        ("kantor.example", False, False),
        ("localhost:8000", False, True),
        ("127.0.0.1:8000", False, False),
        ("127.0.0.1", True, False),
        ("[::1]:8000", True, False),
    ],
)
def test_passkeys_are_offered_at_a_name_over_https_or_on_ones_own_machine(
    host: str, secure: bool, possible: bool, settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    request = RequestFactory().get("/akun/login/", secure=secure, HTTP_HOST=host)
    assert passkeys_possible(Context({"request": request})) is possible
