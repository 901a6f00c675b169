"""Writes docs/cli.md from the commands themselves: ``python docs/make_cli.py``. A test keeps both in step."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from veridical.cli import cli

TARGET = Path(__file__).with_name("cli.md")


def write_reference() -> str:
    """The reference in Markdown: every command with its arguments, options and help, in alphabetical order."""
    made = "Made by `python docs/make_cli.py` from the commands' own help; do not edit it by hand."
    lines = ["# The command line", "", made, ""]
    for path, command in walk(cli, "veridical"):
        lines += [f"## `{path}`", "", *_describe(path, command), ""]
    return "\n".join(lines).rstrip() + "\n"


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, with the words that call each."""
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from walk(command.commands[name], f"{path} {name}")


def _describe(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=path, **cli.context_settings)
    yield f"    {' '.join([path, *command.collect_usage_pieces(context)])}"
    yield ""
    yield from cleandoc(command.help or "").splitlines()
    options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    yield from ("", "| option | what it does |", "|---|---|")
    for option, text in filter(None, (p.get_help_record(context) for p in options)):
        yield f"| `{_cell(option)}` | {_cell(text)} |"
    if isinstance(command, click.Group):
        yield ""
        for name in sorted(command.commands):
            yield f"- `{path} {name}`: {command.commands[name].get_short_help_str(200)}"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", chr(92) + "|").split())


if __name__ == "__main__":
    TARGET.write_text(write_reference(), "utf-8")
