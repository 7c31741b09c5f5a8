"""Run the code cells of notebooks one after the other in this process, which is much faster than a kernel each.

python -m tests.notebooks.cells NOTEBOOK ... (in the folder of the notebooks; prints the faulty cell and its error)
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

import IPython.display
import matplotlib as mpl


def main(paths: list[str]) -> int:
    mpl.use("agg")
    IPython.display.display = lambda *things, **_: print(*things)
    sys.path.insert(0, str(Path.cwd()))
    return sum(not run(Path(path)) for path in paths)


def run(path: Path) -> bool:
    """Whether every cell ran. The last expression of a cell is evaluated, as a kernel would do to show it."""
    names: dict[str, object] = {"display": IPython.display.display, "__name__": "__main__"}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            try:
                exec(compile("".join(cell["source"]), f"{path.name}, cell {cell['id']}", "exec"), names)
            except Exception:
                traceback.print_exc()
                return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
