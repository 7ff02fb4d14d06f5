"""Hold the feed against the official SHACL shapes of DCAT-AP, from a copy that somebody has fetched.

python judges/ckan/shapes.py FOLDER SHAPES
"""

import sys
import warnings
from pathlib import Path

from pyshacl import validate
from rdflib import Graph


def main(folder: Path, shapes: Path) -> int:
    """Print what does not conform; return 1 where something does not. Warnings of the shapes are told and no fault."""
    warnings.simplefilter("ignore", DeprecationWarning)
    graph = Graph().parse(folder / "daftar.jsonld", format="json-ld")
    conforms, _report, told = validate(
        graph, shacl_graph=Graph().parse(shapes), allow_warnings=True, advanced=True
    )
    print(told[:4000])
    return not conforms


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
