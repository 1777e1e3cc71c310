"""Formulas of calculated questions: arithmetic and a few functions, read as a tree and never run as a program."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping

LONGEST = 500
_NAME = re.compile(r"\{([A-Za-z][A-Za-z0-9_ ]*)\}")
_TWO: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Mod: math.fmod,
}  # fmt: skip
_CALLED: dict[str, Callable[..., float]] = {
    "abs": abs, "ceil": math.ceil, "floor": math.floor, "round": lambda value, places=0: round(value, int(places)), "sqrt": math.sqrt,
    "pow": lambda base, power: _power(base, power), "min": min, "max": max, "exp": math.exp, "log": math.log, "log10": math.log10,
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "pi": lambda: math.pi,
}  # fmt: skip


class NoFormula(Exception):
    """It holds more than arithmetic, or has no value."""


def value(formula: str, names: Mapping[str, float]) -> float:
    """What the formula comes to with these values of {a}, {b}… Raises NoFormula."""
    if len(formula) > LONGEST:
        raise NoFormula(formula[:40])
    known: dict[str, float] = {}

    def named(found: re.Match[str]) -> str:
        name = f"v{len(known)}_"
        if found.group(1) not in names:
            raise NoFormula(found.group(1))
        known[name] = names[found.group(1)]
        return f"({name})"

    try:
        tree = ast.parse(_NAME.sub(named, formula).strip(), mode="eval")
        found = _of(tree.body, known)
    except (SyntaxError, ValueError, ArithmeticError, TypeError, RecursionError, MemoryError) as fault:
        raise NoFormula(formula[:40]) from fault
    if not math.isfinite(found):
        raise NoFormula(formula[:40])
    return found


def _of(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return -_of(inside, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=inside):
            return _of(inside, names)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_of(left, names), _of(right, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _TWO:
            return _TWO[type(op)](_of(left, names), _of(right, names))
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]) if name in _CALLED:
            return float(_CALLED[name](*(_of(one, names) for one in given)))
    raise NoFormula(ast.dump(node)[:40])


def _power(base: float, power: float) -> float:
    if abs(power) > 100:
        raise NoFormula("power")
    return math.pow(base, power)
