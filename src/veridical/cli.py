"""The command line: parses, calls, prints. Everything heavy is imported inside the commands."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from veridical import __version__
from veridical.cli_corpus import corpus
from veridical.errors import VeridicalError

if TYPE_CHECKING:
    from veridical.settings import Settings
    from veridical.store import Refused, Store

DONE, SOME_REFUSED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes; the last is the shell's own for Ctrl-C."""

PROFILES = ("jsonl", "csv", "geojson", "parquet", "dossier")

_CASEBOOK = click.Path(dir_okay=False, path_type=Path)
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="veridical", message="%(prog)s %(version)s", help="Show the version and exit.")
def cli() -> None:
    """Turns news reports of political violence into an incident dataset that can be checked.

    Every value keeps the words it rests on, who said it, whether it happened, and how precisely it is known.

    Exit codes: 0 done, 1 some reports were refused (they are listed on standard error), 2 wrong use, 130 interrupted.
    """


cli.add_command(corpus)

_paths = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
_casebook = click.option("--casebook", type=_CASEBOOK, required=True, metavar="FILE", help="The casebook file to work on.")
_publisher = click.option("--publisher", metavar="NAME", help="Publisher of reports whose source does not name one.")
_published = click.option(
    "--published", type=_DAY, metavar="DATE", help="Publication date (YYYY-MM-DD) of reports whose source does not give one."
)
_codebook = click.option(
    "--codebook", type=_EXISTING, metavar="FILE", help="A codebook (TOML) whose types and triggers are added to the default one."
)


@cli.command()
@_paths
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the records to this file instead of standard output.",
)
@_publisher
@_published
@_codebook
def extract(
    paths: Sequence[str], output: Path | None, publisher: str | None, published: datetime | None, codebook: Path | None
) -> int:
    """Write the incident records of each report by itself, one JSON object a line.

    PATH is a file, a folder, a glob, or - for standard input: text, HTML, PDF, JSON Lines, CSV, RSS, WARC.
    The records name everyone whom the report names; an export of a casebook leaves out the names of private victims.
    """
    from veridical.cli_output import replacing
    from veridical.export.record import dumps
    from veridical.pipeline import Extracted
    from veridical.pipeline import extract as run

    refused: list[Refused] = []
    with replacing(output) as out:
        for found in run(paths, _settings(publisher, published, codebook)):
            if isinstance(found, Extracted):
                out.writelines(dumps(record) + "\n" for record in found.records)
            else:
                refused.append(found)
                _say_refused([found])
    return SOME_REFUSED if refused else DONE


@cli.command()
@_paths
@_casebook
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that extract at the same time; each needs up to 900 MB.",
)
@_publisher
@_published
@_codebook
def build(
    paths: Sequence[str],
    casebook: Path,
    workers: int,
    publisher: str | None,
    published: datetime | None,
    codebook: Path | None,
) -> int:
    """Read reports into a casebook and resolve their incidents.

    Reports that the casebook knows are skipped, so that a build that was interrupted, or killed, goes on where it was.
    """
    from veridical.cli_progress import closing_table, watching
    from veridical.pipeline import BuildInterrupted, BuildOptions
    from veridical.pipeline import build as run

    settings = _settings(publisher, published, codebook)
    try:
        with watching() as progress:
            summary = run(paths, casebook, settings, BuildOptions(workers=workers, progress=progress))
    except BuildInterrupted as interrupted:
        closing_table(interrupted.summary)
        click.echo(f"Interrupted. What was read is kept in {casebook}; run the same command again to go on.", err=True)
        return INTERRUPTED
    closing_table(summary)
    _say_refused(summary.refused)
    return SOME_REFUSED if summary.refused else DONE


@cli.command()
@click.argument("casebook", type=_CASEBOOK)
@click.argument("incident", required=False)
@click.option("--refused", is_flag=True, help="List the reports that were refused, and why, instead of the incidents.")
@click.option("--unattached", is_flag=True, help="List the decisions that fit no claim any more instead of the incidents.")
def show(casebook: Path, incident: str | None, refused: bool, unattached: bool) -> int:
    """Show the incidents of a casebook, or one incident with its quotes and chains of sources.

    INCIDENT is an id, a former id, or the beginning or the end of one.
    """
    from veridical.cli_show import show_incident, show_incidents, show_unattached
    from veridical.pipeline import derive

    store = _open(casebook)
    if refused:
        _say_refused(store.refusals(), to_stderr=False)
    elif unattached:
        show_unattached(store.unattached())
    else:
        derived = derive(store, record=False)
        if incident is None:
            show_incidents(derived.incidents)
        else:
            show_incident(_find_incident(store, incident, derived.incidents), derived.reports)
    return DONE


@cli.command()
@click.argument("casebook", type=_CASEBOOK)
@click.option("--profile", type=click.Choice(PROFILES), help="The format; by default the one that the file's ending names.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="PATH",
    help="The file to write; it appears whole or not at all.",
)
@click.option("--private", is_flag=True, help="Keep the names of private victims, minors and victims of sexual violence.")
def export(casebook: Path, profile: str | None, output: Path, private: bool) -> int:
    """Write the incidents of a casebook to a file: records, a table, a map or a dossier page."""
    from veridical.export import ExportOptions, profile_of, write
    from veridical.pipeline import derive

    chosen = profile or profile_of(output)
    derived = derive(_open(casebook))
    write(chosen, derived.incidents, derived.reports, derived.actors, output, ExportOptions(private=private))
    click.echo(f"{len(derived.incidents)} incidents written to {output} ({chosen}).", err=True)
    return DONE


@cli.command()
@click.argument("report")
@_casebook
def forget(report: str, casebook: Path) -> int:
    """Remove a report's text and claims from a casebook for good.

    REPORT is its id, the beginning of one, its name or its address. All versions of it go; a tombstone stays, so that
    later builds pass it over. Exports that were written before are not touched: write them again.
    """
    gone = _open(casebook).forget(report)
    click.echo(
        f"Forgotten: {len(gone.reports)} version{'s' * (len(gone.reports) != 1)} of the report, {gone.claims} claims, "
        f"{gone.decisions} decisions. Write exports and dossiers made before again.",
        err=True,
    )
    return DONE


@cli.group()
def codebook() -> None:
    """Work with codebooks: the event types, triggers and roles that are looked for."""


@codebook.command("check")
@click.argument("file", type=_EXISTING)
def codebook_check(file: Path) -> int:
    """Say what is wrong with a codebook file, or that it can be used."""
    from veridical import codebook as codebooks

    problems = codebooks.check(file)
    for problem in problems:
        click.echo(f"{file}: {problem}", err=True)
    if problems:
        return WRONG_USE
    loaded = codebooks.load(file)
    click.echo(f"{file} can be used: with the default codebook {len(loaded.types)} types and {len(loaded.triggers)} triggers.")
    return DONE


@cli.group()
def gazetteer() -> None:
    """Work with the gazetteer: the names of places and where they are."""


@gazetteer.command("info")
@click.argument("file", required=False, type=_EXISTING)
def gazetteer_info(file: Path | None) -> int:
    """Show what a gazetteer holds, its sources and their licences; the default one is built when it is missing."""
    from veridical.annotate.gazetteer import Gazetteer
    from veridical.cli_show import show_facts

    show_facts(Gazetteer.open(file).info())
    return DONE


@gazetteer.command("build")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it; by default where Veridical looks for it.",
)
@click.option(
    "--dump",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="A folder with a GeoNames dump (allCountries.txt or the like) to use instead of the shipped places.",
)
def gazetteer_build(output: Path | None, dump: Path | None) -> int:
    """Build a gazetteer from the shipped places, or from a GeoNames dump."""
    from veridical.annotate.gazetteer import Gazetteer, build_gazetteer, default_path
    from veridical.cli_show import show_facts

    target = output or default_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        build_gazetteer(target, dump)
    except OSError as error:
        raise VeridicalError(f"{target} cannot be written ({error.strerror}): name another file with -o") from error
    show_facts(Gazetteer.open(target).info())
    return DONE


def _settings(publisher: str | None = None, published: datetime | None = None, codebook: Path | None = None) -> Settings:
    from veridical.settings import Settings

    return Settings(codebook=codebook, publisher=publisher, published=published.date().isoformat() if published else None)


def _open(casebook: Path) -> Store:
    from veridical.store import open_casebook

    store = open_casebook(casebook, create=False)
    click.get_current_context().call_on_close(store.close)
    return store


def _find_incident(store: Store, wanted: str, incidents: Sequence[Any]) -> Any:
    by_id = {i.id: i for i in incidents}
    names = [wanted] if wanted in by_id else [i for i in by_id if i.startswith(wanted) or i.endswith(f"-{wanted}")]
    names = names or [i for i in store.follow(wanted) if i in by_id]
    if len(names) == 1:
        return by_id[names[0]]
    if names:
        raise VeridicalError(f"{wanted!r} leads to {len(names)} incidents: name one of {', '.join(sorted(names)[:6])}")
    raise VeridicalError(f"there is no incident {wanted!r} in this casebook: take an id from `veridical show`")


def _say_refused(refused: Iterable[Refused], to_stderr: bool = True) -> None:
    for one in refused:
        where = one.name if one.name.startswith(one.source) else f"{one.source} {one.name}"
        click.echo(f"refused ({one.reason}): {where}: {one.message}", err=to_stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; no error that is meant for a user shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # A terminal that cannot show a glyph shows a question mark.
    try:
        # Not click's own main, which turns a broken pipe into exit code 1.
        with cli.make_context("veridical", list(sys.argv[1:] if arguments is None else arguments)) as context:
            code = cli.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except VeridicalError as error:
        click.echo(f"Error: {error}", err=True)
        return WRONG_USE
    except BrokenPipeError:
        _drop(sys.stdout)  # Whoever read has seen enough.
        return DONE
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED


def _drop(stream: IO[str]) -> None:
    """Lets what is still buffered go nowhere, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
