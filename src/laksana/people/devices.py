"""What a browser says of itself, in words that its owner recognises."""

# In this order: the ones below name themselves after those above them as well.
_BROWSERS = {
    "Edg": "Microsoft Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def describe(user_agent: str) -> str:
    """Return "Firefox, Windows" for a browser's `User-Agent`; what it says itself, shortened, where it is unknown."""
    browser = next((name for token, name in _BROWSERS.items() if f"{token}/" in user_agent), "")
    system = next((name for token, name in _SYSTEMS.items() if token in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or user_agent[:60]
