"""`laksana rule ...`: what the law and the office compute."""

import json
from dataclasses import asdict
from typing import Any

import click
from django.utils.translation import gettext as _

from laksana.library.asking import ask
from laksana.site.commands.rule_compare import compare_figures
from laksana.sop.rules import Rule, RuleError, all_rules, get
from laksana.worktime.services import calendar


@click.group("rule", help=_("Rules of law and office."))
def command() -> None:
    """Group."""


command.add_command(compare_figures)


@command.command("list", help=_("List every rule with its source."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def list_rules(as_json: bool) -> None:
    """List every rule with its source."""
    rules = list(all_rules())
    if as_json:
        click.echo(json.dumps([_plain(rule) for rule in rules], ensure_ascii=False))
        return
    for rule in rules:
        mark = "" if rule.checked else "  (belum diperiksa)"
        click.echo(f"{rule.id:<44} {rule.title}{mark}\n{'':<44} {rule.source}")


@command.command("call", help=_("Ask a rule and print its result as JSON, with its source."))
@click.argument("rule_id")
@click.option("--json", "given", default="{}", help=_('The arguments, such as \'{"mulai": "2026-11-10"}\'.'))
def call(rule_id: str, given: str) -> None:
    """Ask a rule and print its result as JSON, with its source."""
    try:
        rule = get(rule_id)
    except KeyError:
        raise click.ClickException(
            _("There is no rule %(rule)s; see `laksana rule list`.") % {"rule": rule_id}
        ) from None
    try:
        arguments = json.loads(given)
    except json.JSONDecodeError as error:
        raise click.ClickException(_("--json is not JSON: %(error)s") % {"error": error}) from None
    if not isinstance(arguments, dict):
        raise click.ClickException(_("--json takes an object: parameter -> value"))
    try:
        answer = ask(rule, arguments, calendar=calendar())
    except RuleError as error:
        lines = [f"  {name}: {why}" for name, why in error.faults.items()]
        raise click.ClickException(
            _("Rule %(rule)s was asked wrongly:") % {"rule": rule_id} + "\n" + "\n".join(lines)
        ) from None
    click.echo(json.dumps(asdict(answer), ensure_ascii=False, indent=2, default=str))


def _plain(rule: Rule) -> dict[str, Any]:
    parameters = {name: _named(parameter.annotation) for name, parameter in rule.parameters.items()}
    return {
        "id": rule.id,
        "title": rule.title,
        "source": rule.source,
        "checked": rule.checked,
        "parameters": parameters,
        "returns": _named(rule.returns),
    }


def _named(annotation: Any) -> str:
    """Return a type as a reader writes it."""
    return annotation.__name__ if isinstance(annotation, type) else str(annotation).replace("typing.", "")
