"""Let CKAN's own harvester for DCAT read the feed, by each of its profiles for DCAT-AP, and hold what it takes against the list.

judges/ckan/.venv/bin/python judges/ckan/judge.py FOLDER
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ckan.common import config
from ckanext.dcat.processors import RDFParser

PROFILES = ("euro_dcat_ap", "euro_dcat_ap_2", "euro_dcat_ap_3")
OF_EXTRAS = ("publisher_name", "contact_name", "issued")


def taken(dataset: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the identifier under which CKAN would keep a dataset, and what it takes of it."""
    extras = {each["key"]: each["value"] for each in dataset["extras"]}
    return extras["identifier"], {
        "title": dataset["title"],
        "url": dataset["url"],
        **{name: extras.get(name) for name in OF_EXTRAS},
        "tags": sorted(each["name"] for each in dataset["tags"]),
        "resources": [each["url"] for each in dataset["resources"]],
    }


def faults(profile: str, feed: str, expected: dict[str, Any]) -> Iterator[str]:
    """Yield what CKAN reads otherwise than the list has it."""
    parser = RDFParser(profiles=[profile])
    parser.parse(feed, _format="json-ld")
    found = dict(taken(each) for each in parser.datasets())
    for key in sorted(found.keys() ^ expected.keys()):
        yield f"{profile}: {key} is only in one of the two"
    for key in sorted(found.keys() & expected.keys()):
        if found[key] != expected[key]:
            yield f"{profile}: {key}: {found[key]} instead of {expected[key]}"


def main(folder: Path) -> int:
    """Print what is wrong; return 1 where something is."""
    config.update({"ckan.plugins": "", "ckan.locale_default": "en"})
    feed = (folder / "daftar.jsonld").read_text(encoding="utf-8")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    wrong = [fault for profile in PROFILES for fault in faults(profile, feed, expected)]
    print("\n".join(wrong[:20]))
    print(f"{len(expected)} entries by {len(PROFILES)} profiles: {len(wrong)} faults")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
