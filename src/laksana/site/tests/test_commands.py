"""What all commands of `laksana` have in common."""

import gettext
from collections.abc import Iterator
from pathlib import Path

import click

import laksana
from laksana.site.cli import main

_SHOWN_BY_CLICK = "Show this message and exit."


def helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the help of a command and its options, of its own commands too."""
    yield name, command.help or ""
    for option in command.params:
        if isinstance(option, click.Option) and option.help != _SHOWN_BY_CLICK:
            yield f"{name} --{option.name}", option.help or ""
    if isinstance(command, click.Group):
        for each in command.list_commands(click.Context(command)):
            own = command.get_command(click.Context(command), each)
            assert own is not None
            yield from helps(own, f"{name} {each}")


def test_every_command_and_option_says_in_indonesian_what_it_does() -> None:
    with (Path(laksana.__file__).parent / "locale/id/LC_MESSAGES/django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    translated = set(catalogue._catalog.values())  # type: ignore[attr-defined]
    plain = {"laksana"}  # told before the settings are read, in Indonesian
    lacking = {name: text for name, text in helps(main, "laksana") if text not in translated}
    assert set(lacking) == plain, lacking
