"""What draws the pictures: matplotlib against vl-convert with altair: `python benchmarks/pictures.py`.

Each library draws the same backlog of ten projects (points, ranges, names, quadrants) in a process of its own. Told are
the time until the first picture with the library's loading in it, the time of each further one, the memory that the
process took for it, and the size of the library on disk with what it brings. vl-convert is no dependency of the app:
`pip install vl-convert-python altair` before. With `--keep FOLDER` both pictures are kept to be looked at.
"""

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

POINTS = [
    {"name": f"Project {place}", "impact": 35 + 5 * place, "cost": 95 - 8 * place, "low": 5, "high": 7}
    for place in range(10)
]
PACKAGES = {
    "matplotlib": ("matplotlib", "contourpy", "fontTools", "kiwisolver", "PIL", "cycler", "pyparsing", "mpl_toolkits"),
    "vl-convert": ("vl_convert", "altair", "narwhals", "jsonschema", "referencing", "rpds", "attr"),
}
DRAWN = 10


def draw_with_matplotlib() -> Callable[[], bytes]:
    """The app's own drawing."""
    from bot.pictures.plane import PlanePicture, PlanePoint
    from bot.pictures.plane_drawing import draw

    def ends(middle: int, one: dict[str, object]) -> tuple[float, float, float]:
        return middle - float(str(one["low"])), float(middle), middle + float(str(one["high"]))

    points = tuple(
        PlanePoint(
            name=str(one["name"]), impact=ends(int(str(one["impact"])), one), cost=ends(int(str(one["cost"])), one)
        )
        for one in POINTS
    )
    data = PlanePicture(points=points).model_dump(mode="json")
    return lambda: draw(data)


def draw_with_vl_convert() -> Callable[[], bytes]:
    """The same as a Vega-Lite picture."""
    import altair as alt
    import vl_convert

    data = {"values": POINTS}
    across = alt.X("cost:Q", scale=alt.Scale(domain=[0, 100]), title="cost")
    up = alt.Y("impact:Q", scale=alt.Scale(domain=[0, 100]), title="impact")
    base = alt.Chart(data, width=320, height=290).encode(x=across, y=up)
    beside = base.transform_calculate(
        x0="datum.cost - datum.low", x1="datum.cost + datum.high", y0="datum.impact - datum.low",
        y1="datum.impact + datum.high",
    )  # fmt: skip
    ranges = beside.mark_rule(color="#cfdff0", strokeWidth=2).encode(x="x0:Q", x2="x1:Q")
    heights = beside.mark_rule(color="#cfdff0", strokeWidth=2).encode(y="y0:Q", y2="y1:Q")
    names = base.mark_text(align="left", dx=6, fontSize=10).encode(text="name:N")
    drawing = ranges + heights + base.mark_circle(color="#1f5fa8", size=40) + names
    return lambda: bytes(vl_convert.vegalite_to_png(drawing.to_json(), scale=3))


LIBRARIES = {"matplotlib": draw_with_matplotlib, "vl-convert": draw_with_vl_convert}


def measure(library: str, keep: str) -> None:
    """Draw in this process, and print what it took as JSON."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    draw = LIBRARIES[library]()
    picture = draw()
    first = time.perf_counter() - began
    spent = []
    for _ in range(DRAWN):
        began = time.perf_counter()
        picture = draw()
        spent.append(time.perf_counter() - began)
    if keep:
        Path(keep, f"{library}.png").write_bytes(picture)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"first": first, "next": statistics.median(spent), "memory": memory, "picture": len(picture)}))


def size_of(packages: tuple[str, ...]) -> float:
    """Megabytes on disk."""
    total = 0
    for name in packages:
        found = importlib.util.find_spec(name)
        for folder in (found.submodule_search_locations or ()) if found else ():
            total += sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    return total / 1e6


def main() -> None:
    """Measure each library in a process of its own, one after the other."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--library", choices=LIBRARIES)
    arguments.add_argument("--keep", default="")
    asked = arguments.parse_args()
    if asked.library:
        measure(asked.library, asked.keep)
        return
    for library, packages in PACKAGES.items():
        again = [sys.executable, __file__, "--library", library, "--keep", asked.keep]
        told = json.loads(subprocess.run(again, check=True, capture_output=True, text=True).stdout)
        print(
            f"{library}: first {told['first']:.2f} s, next {told['next']:.3f} s, memory {told['memory']:.0f} MB, "
            f"picture {told['picture'] / 1e3:.0f} kB, on disk {size_of(packages):.0f} MB"
        )


if __name__ == "__main__":
    main()
