"""Read the YAML of an edition file: plain values, the line of each, and nothing that acts."""

import re

import yaml


class EditionError(ValueError):
    """An edition cannot be used; the message names the file, the key and the remedy."""


class _Loader(yaml.SafeLoader):
    """YAML as people mean it: NO is text, a date is text, nothing stands for something else."""

    yaml_implicit_resolvers = {}

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            # A few lines of them can stand for more than any memory holds.
            event = self.peek_event()
            raise yaml.composer.ComposerError(
                None, None, f"*{event.anchor} stands for what is elsewhere", event.start_mark
            )
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("bool", r"(true|True|false|False)\Z", "tTfF"),
    ("null", r"(~|null|)\Z", ["~", "n", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)\Z", "-+0123456789"),
    ("float", r"[-+]?[0-9]*\.[0-9]+(e[-+]?[0-9]+)?\Z", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read_yaml(path, where):
    """Read the mapping that a YAML file holds.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    where : str
        What to call it in a message.

    Returns
    -------
    tuple of (dict, dict of tuple to int, list of str)
        What it holds; the line of each key, by the keys that lead to it; a sentence for each key
        that stands there twice.

    Raises
    ------
    EditionError
        If it is no such file.
    """
    try:
        loader = _Loader(path.read_bytes().decode("utf-8-sig"))
        node = loader.get_single_node()
        content = loader.construct_document(node) if node else None
    except UnicodeDecodeError:
        raise EditionError(f"{where} is not UTF-8 text: save it as UTF-8") from None
    except RecursionError:
        raise EditionError(f"{where} is nested too deep: write `name: value` lines") from None
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise EditionError(
            f"{where} cannot be read as YAML{line} ({error.problem}): write `name: value`, a "
            "space after the colon, and the same indent for lines that belong together"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        told = " ".join(str(error).split())
        raise EditionError(f"{where} cannot be read as YAML ({told}): correct it") from None
    if not isinstance(content, dict):
        raise EditionError(f"{where} holds no `name: value` lines: write at least title")
    lines, doubled = {}, []
    _list_lines(node, (), lines, doubled)
    problems = [f"{where}: line {line} sets {name} again: keep one line" for line, name in doubled]
    return content, lines, problems


def _list_lines(node, above, lines, doubled):
    """Note the line of each key below a node, and the keys that stand there twice."""
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        path, line = (*above, str(key.value)), key.start_mark.line + 1
        if path in lines:
            doubled.append((line, path[-1]))
        lines[path] = line
        _list_lines(value, path, lines, doubled)
