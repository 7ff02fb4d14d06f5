"""The small, safe expression language of `required_if`, `shown_if`, `skip_if`, `allowed_if` and `when`.

Names are fields of the case, or a decision's step (with `_` for `-`), whose value is the outcome chosen.
Allowed are literals (`true`, `false` and `null` among them), lists, `and`, `or`, `not`, the comparisons,
`in`, the arithmetic `+ - * /`, and the functions `len` and `empty`. An unknown value compares false with
everything but itself, so that a form being filled in never raises.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

_MAX_LENGTH = 500
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _len(value: Any) -> int:
    return len(value) if isinstance(value, Sized) else 0


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {"len": _len, "empty": _empty}
_WORDS = {"true": True, "false": False, "null": None}
"""The literals of YAML, beside Python's own."""


class _Words(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(_WORDS[node.id]) if node.id in _WORDS else node


class ExpressionError(ValueError):
    """The text is not an expression of this language; the message says where and what was expected."""


@dataclass(frozen=True)
class Expression:
    """A parsed expression: its text, the names it reads, and its value for given data."""

    text: str
    names: frozenset[str]
    _tree: ast.expr

    def value(self, data: Mapping[str, Any]) -> Any:
        """Return the value for `data`; a name it lacks is None."""
        return _evaluate(self._tree, data)

    def holds(self, data: Mapping[str, Any]) -> bool:
        """Return whether the expression is true for `data`."""
        return bool(self.value(data))

    def comparisons(self) -> Iterator[tuple[str, Any]]:
        """Yield every name with each literal that it is compared with, by `==`, `!=`, `in` or `not in`."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Compare):
                yield from _compared(node)

    def reckoned(self) -> Iterator[str]:
        """Yield every name that stands in a sum, difference, product or quotient."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.BinOp):
                yield from (side.id for side in (node.left, node.right) if isinstance(side, ast.Name))


def outcome_name(step_id: str) -> str:
    """Return the name under which expressions know the outcome of a decision's step."""
    return step_id.replace("-", "_")


def _compared(node: ast.Compare) -> Iterator[tuple[str, Any]]:
    sides = [node.left, *node.comparators]
    for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
        if not isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            continue
        for name, other in ((left, right), (right, left)):
            if isinstance(name, ast.Name):
                yield from ((name.id, literal) for literal in _literals(other))


def _literals(node: ast.expr) -> Iterator[Any]:
    match node:
        case ast.Constant(value=value):
            yield value
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            for element in elements:
                yield from _literals(element)


@lru_cache(maxsize=2048)
def parse(text: str) -> Expression:
    """Return the parsed expression. Raises ExpressionError."""
    if len(text) > _MAX_LENGTH:
        raise ExpressionError(f"expression longer than {_MAX_LENGTH} characters")
    try:
        tree: ast.expr = _Words().visit(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{text!r} is not an expression: {error}") from None
    names: set[str] = set()
    _check(tree, text, names)
    return Expression(text, frozenset(names), tree)


def _check(node: ast.expr, text: str, names: set[str]) -> None:
    children: list[ast.expr]
    match node:
        case ast.Name(id=name):
            names.add(name)
            children = []
        case ast.Constant(value=None | bool() | int() | float() | str()):
            children = []
        case ast.List(elts=children) | ast.Tuple(elts=children):
            pass
        case ast.BoolOp(values=children):
            pass
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            children = [operand]
        case ast.Compare(left=left, ops=ops, comparators=rest) if all(type(op) in _COMPARE for op in ops):
            children = [left, *rest]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            children = [left, right]
            _refuse_texts(children, text)
        case ast.Call(func=ast.Name(id=function), args=[argument], keywords=[]) if function in _FUNCTIONS:
            children = [argument]
        case _:
            raise ExpressionError(
                f"{text!r}: {ast.unparse(node)!r} is not allowed here; "
                "use fields, literals, comparisons, in, and, or, not, len(), empty()"
            )
    for child in children:
        _check(child, text, names)


def _refuse_texts(operands: list[ast.expr], text: str) -> None:
    for each in operands:
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            raise ExpressionError(f"{text!r}: {each.value!r} is a text; + - * / reckon with numbers only")


def _evaluate(node: ast.expr, data: Mapping[str, Any]) -> Any:  # noqa: C901, PLR0911  (a case for each kind of node)
    match node:
        case ast.Name(id=name):
            return data.get(name)
        case ast.Constant(value=float() as value):
            return Decimal(str(value))
        case ast.Constant(value=value):
            return value
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return [_evaluate(element, data) for element in elements]
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_evaluate(value, data) for value in values)
        case ast.BoolOp(values=values):
            return any(_evaluate(value, data) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _evaluate(operand, data)
        case ast.UnaryOp(operand=operand):
            value = _evaluate(operand, data)
            return -value if isinstance(value, int | Decimal) else None
        case ast.Compare():
            return _compare(node, data)
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(type(op), _evaluate(left, data), _evaluate(right, data))
        case ast.Call(func=ast.Name(id=function), args=[argument]):
            return _FUNCTIONS[function](_evaluate(argument, data))
    raise AssertionError(ast.dump(node))  # `_check` let nothing else through


def _compare(node: ast.Compare, data: Mapping[str, Any]) -> bool:
    left = _evaluate(node.left, data)
    for op, comparator in zip(node.ops, node.comparators, strict=True):
        right = _evaluate(comparator, data)
        try:
            if not _COMPARE[type(op)](left, right):
                return False
        except TypeError:
            return False
        left = right
    return True


def _arithmetic(op: type[ast.operator], left: Any, right: Any) -> Any:
    """Return the result exactly (a division as Decimal), None where one of the two is no number."""
    if not (isinstance(left, int | Decimal) and isinstance(right, int | Decimal)):
        return None
    try:
        return _ARITHMETIC[op](Decimal(left), Decimal(right))
    except ArithmeticError:
        return None
