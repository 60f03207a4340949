"""Read a notebook's parameters cell, and check a value against the default it replaces."""

import ast

# What a parameter may hold, and how a message calls it.
KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list, such as [IRQ, SYR]",
    dict: "a mapping, such as {name: value}",
}


def read_parameters(source):
    r"""Read plain ``name = value`` lines.

    Parameters
    ----------
    source : str
        The source of the cell tagged ``parameters``.

    Returns
    -------
    dict
        Name to default value, in order.

    Raises
    ------
    ValueError
        If a line is anything else: papermill would not see it as a parameter.

    Examples
    --------
    >>> read_parameters('as_of = "latest"  # or a date\nplaces = ["IRQ"]')
    {'as_of': 'latest', 'places': ['IRQ']}
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise ValueError(f"line {error.lineno} is not Python: {error.msg}") from None
    found = {}
    for statement in statements:
        name, value = _read_line(statement)
        if name in found:
            raise ValueError(f"{name} is set twice: keep one line")
        found[name] = value
    return found


def _read_line(statement):
    """Return the name and value of one plain line."""
    try:
        (target,) = statement.targets
        value = ast.literal_eval(statement.value)
        if type(value) not in KINDS:
            raise ValueError
        return target.id, value
    except (AttributeError, ValueError, TypeError):
        raise ValueError(
            f"`{ast.unparse(statement)}` is not a plain line `name = value`, where the value is "
            "text, a number, True or False, a list or a mapping: write it so"
        ) from None


def check_value(value, default):
    """Return a value as the parameter takes it.

    Parameters
    ----------
    value : object
        As an edition gives it.
    default : object
        As the notebook's parameters cell gives it.

    Returns
    -------
    object
        The value; a year that stands for text becomes text, a whole number may stand for a number.

    Raises
    ------
    ValueError
        If the types do not agree; the message says what is wanted.

    Examples
    --------
    >>> check_value(2020, "latest")
    '2020'
    """
    if isinstance(default, str) and type(value) is int:
        return str(value)
    if isinstance(default, float) and type(value) is int:
        return float(value)
    if type(value) is not type(default):
        raise ValueError(f"{_show(value)} is given where {KINDS[type(default)]} is needed")
    if isinstance(default, list) and value:
        return _check_items(value, default)
    return value


def _check_items(values, default):
    """Return a list whose items are of the kind of the default's first, or text."""
    pattern = default[0] if default else ""
    try:
        return [check_value(value, pattern) for value in values]
    except ValueError as error:
        raise ValueError(f"in the list, {error}") from None


def _show(value):
    """Return a value as an edition file would write it, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
