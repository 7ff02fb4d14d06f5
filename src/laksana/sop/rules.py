"""The registry of rules: pure, typed functions that compute what a law or the office says, each with its source.

One registry, four faces: automatic steps call a rule, forms show its result as one types, `laksana rule call` answers with it,
and the workspace offers it as a calculator that cites its source.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError, create_model
from pydantic.fields import FieldInfo

P = ParamSpec("P")
R = TypeVar("R")
INJECTED = ("calendar",)
"""Parameters that the caller's surroundings give, not the one who asks: the office's working calendar."""


class RuleError(ValueError):
    """A rule was asked wrongly; `faults` maps a parameter to what is wrong with it."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in faults.items()))
        self.faults = faults


@dataclass(frozen=True)
class Rule:
    """A registered rule."""

    id: str
    title: str
    source: str
    checked: bool
    function: Callable[..., Any]

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """Return the parameters that one who asks must give."""
        parameters = inspect.signature(self.function, eval_str=True).parameters
        return {name: parameter for name, parameter in parameters.items() if name not in INJECTED}

    @property
    def returns(self) -> Any:
        """Return the type of the result."""
        return inspect.signature(self.function, eval_str=True).return_annotation

    def call(self, given: Mapping[str, Any], **injected: Any) -> Any:
        """Return the rule's result for JSON-able arguments. Raises RuleError naming each wrong one, or what no table has."""
        fields: dict[str, Any] = {
            name: (p.annotation, FieldInfo(default=... if p.default is p.empty else p.default))
            for name, p in self.parameters.items()
        }
        model = create_model(
            "Given", __config__=ConfigDict(extra="forbid", arbitrary_types_allowed=True), **fields
        )
        try:
            checked = model.model_validate(dict(given))
        except ValidationError as error:
            raise RuleError(
                {".".join(str(part) for part in e["loc"]) or "?": e["msg"] for e in error.errors()}
            ) from None
        wanted = inspect.signature(self.function).parameters
        try:
            return self.function(
                **{name: getattr(checked, name) for name in fields},
                **{name: value for name, value in injected.items() if name in wanted},
            )
        except KeyError as error:
            raise RuleError({"": f"{error.args[0]!r} is not in the rule's table"}) from None
        except ValueError as error:
            raise RuleError({"": str(error)}) from None

    def call_json(self, given: Mapping[str, Any], **injected: Any) -> Any:
        """Return the result as JSON-able data."""
        result = self.call(given, **injected)
        return TypeAdapter(Any).dump_python(result, mode="json")


_rules: dict[str, Rule] = {}


def rule(
    rule_id: str, *, title: str, source: str, checked: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a pure function as a rule; it stays an ordinary function. Raises ValueError when the id is taken."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        if rule_id in _rules and _rules[rule_id].function.__qualname__ != function.__qualname__:
            raise ValueError(f"rule {rule_id} is registered twice")
        _rules[rule_id] = Rule(rule_id, title, source, checked, function)
        return function

    return register


def get(rule_id: str) -> Rule:
    """Return a rule. Raises KeyError for an unknown one."""
    return _rules[rule_id]


def all_rules() -> Iterator[Rule]:
    """Yield every rule in order of its id."""
    yield from (_rules[key] for key in sorted(_rules))
