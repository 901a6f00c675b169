"""The house holds: rooms in their order, no circles, types strict."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent


def run(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "130", "PYTHONPATH": str(ROOT / "src")},
    )
    return done.returncode, done.stdout + done.stderr


def test_the_import_contract_is_kept() -> None:
    code, said = run(
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--config",
        "pyproject.toml",
        "--no-cache",
    )
    assert code == 0, said
    assert "1 kept, 0 broken" in said


def test_the_import_contract_names_every_room_and_would_notice_a_sibling() -> None:
    # exhaustive = true: a module of the package that no layer names breaks the contract.
    contract = (ROOT / "pyproject.toml").read_text("utf-8").split("[[tool.importlinter.contracts]]")[1]
    assert "exhaustive = true" in contract
    graph = grimp.build_graph("veridical", cache_dir=None)
    graph.add_import(importer="veridical.resolve.scoring", imported="veridical.store.sqlite")
    layers = ({"veridical.resolve", "veridical.store"},)
    assert graph.find_illegal_dependencies_for_layers(layers)


def test_the_import_contract_allows_no_circle_of_modules() -> None:
    """Type-only imports and those within functions count too."""
    graph = grimp.build_graph("veridical", exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules if module != "veridical"}
    # The verbs of the package's front door call every room; of the rooms only the roof may know the door.
    assert [module for module, found in imports.items() if "veridical" in found] == ["veridical.cli"]
    while leaves := [module for module, found in imports.items() if not found & imports.keys()]:
        for module in leaves:
            del imports[module]
    assert not imports, f"these import one another in a circle: {sorted(imports)}"


def test_the_package_is_typed_strictly() -> None:
    code, said = run("-m", "mypy", "--no-error-summary", "--cache-dir", ".mypy_cache")
    assert code == 0, said
