"""The group `conform`: its commands by name, none imported before it is called for."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem
from msgspec import Struct

from conform import __version__
from conform.registry import resolve
from conform.text import nearest


class Entry(Struct, frozen=True):
    """One command of the group: the import path of its words, and its line in the help."""

    path: str
    summary: str


COMMANDS: dict[str, Entry] = {
    "check": Entry("conform.cli.check:command", "Check that specs, models and code agree."),
    "explore": Entry("conform.cli.explore:command", "Model check one module."),
    "generate": Entry("conform.cli.generate:command", "Write the generated files."),
    "replay": Entry("conform.cli.replay:command", "Run traces against an implementation."),
    "tlc": Entry("conform.cli.tlc:command", "Fetch TLC, the second engine."),
    "explain": Entry("conform.cli.explain:command", "Explain a finding code."),
    "init": Entry("conform.cli.init:command", "Write a first conform.yaml."),
}
"""The commands in the order in which the help lists them."""

_EPILOG = """\b
Examples:
  conform init                        write conform.yaml for the files found
  conform check                       check every protocol of the project
  conform check --format json -o r.json
  conform explore tlaplus/M.tla       model check with tlaplus/M.cfg
  conform explain --list              every finding code

\b
Exit codes:
  0   conforms
  1   findings
  2   wrong usage, or input that is unreadable or ill-formed
  3   incomplete: a limit was reached, or something was not looked at
  70  a defect of conform itself
"""

_VERBOSE = "conform.verbose"


class LazyGroup(click.Group):
    """A group that imports a command when it is called; its own help imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command = resolve(COMMANDS[cmd_name].path)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` name, or refuse with the nearest known name."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            close = nearest(name, COMMANDS)
            hint = f" Did you mean {close!r}?" if close else ""
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin with `incomplete`, importing none."""
        commands = [
            CompletionItem(name, help=entry.summary)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


def remember_verbose(context: click.Context, _: click.Parameter, value: bool) -> bool:
    """Note for the outermost frame that -v was given, to the group or to a command."""
    if value:
        context.find_root().meta[_VERBOSE] = True
    return value


def is_verbose(context: click.Context | None) -> bool:
    """Whether -v was given before the run ended."""
    return context is not None and bool(context.find_root().meta.get(_VERBOSE))


@click.group(
    cls=LazyGroup,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="conform")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=remember_verbose,
    help="Show the traceback should conform itself fail.",
)
def conform() -> None:
    """Say, with evidence, whether a protocol's spec, models and implementations still agree."""
