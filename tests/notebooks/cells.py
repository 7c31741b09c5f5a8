"""Run the code cells of all notebooks over datasets in this process, which is much faster than a kernel each.

cd notebooks; python -m tests.notebooks.cells DATASET ...      prints the first faulty cell of each notebook and its error
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from types import CodeType

import IPython.display
import matplotlib as mpl


def main(datasets: list[str]) -> int:
    mpl.use("agg")
    IPython.display.display = lambda *things, **_: print(*things)
    sys.path.insert(0, str(Path.cwd()))
    importlib.import_module("toolbox")
    mpl.rcParams["savefig.dpi"] = 40  # every plot is drawn, none is looked at
    faulty = 0
    for dataset in datasets:
        os.environ["ARAHAN_DATA"] = dataset
        faulty += sum(not run(path) for path in sorted(Path.cwd().glob("*.ipynb")))
    return faulty


def run(path: Path) -> bool:
    """Whether every cell ran and what it would show could be shown."""
    names: dict[str, object] = {"display": IPython.display.display, "__name__": "__main__"}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            try:
                show(*halves("".join(cell["source"]), f"{path.name}, cell {cell['id']}"), names)
            except Exception:
                traceback.print_exc()
                return False
    return True


def halves(source: str, name: str) -> tuple[CodeType, CodeType | None]:
    """The cell without its last expression, and that."""
    tree = ast.parse(source, name)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    return compile(tree, name, "exec"), compile(last, name, "eval") if last else None


def show(code: CodeType, last: CodeType | None, names: dict[str, object]) -> None:
    exec(code, names)
    shown = eval(last, names) if last else None
    if hasattr(shown, "_repr_html_"):
        shown._repr_html_()


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
