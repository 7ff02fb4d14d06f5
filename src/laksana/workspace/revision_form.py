"""What the page of a draft sends: every row as it was typed, the performers, and what is to be done with them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from laksana.sop.revising import Data, Row, Way, table_of, with_rows
from laksana.sop.revising.names import new_id
from laksana.sop.revising.targets import read_targets

PLAIN, DECISION = "kegiatan", "putusan"


def read(post: QueryDict, data: Data) -> dict[str, Any]:
    """Return the data with the rows and performers that were sent; what a page does not show stays as it is."""
    keys = list(dict.fromkeys(_clean(key) for key in post.getlist("row")))
    former = {row.id: row.by for row in table_of(data).rows}
    rows = tuple(_row(post, key, keys, former.get(key, ())) for key in keys)
    return {**with_rows(data, rows), "performers": _performers(post, data)}


def _row(post: QueryDict, key: str, ids: Sequence[str], former: Sequence[str]) -> Row:
    def text(name: str) -> str:
        return _clean(post.get(f"{key}.{name}", ""))

    decided = text("was") == DECISION
    row = Row(
        id=key,
        activity=text("activity"),
        decides=decided,
        by=_in_former_order(post.getlist(f"{key}.by"), former),
        needs=tuple(line.strip() for line in text("needs").split("\n") if line.strip()),
        time=text("time"),
        gives=text("gives"),
        note=text("note"),
        joins=f"{key}.joins" in post,
        ways=_exits(post, key, ids) if decided else _way(text("to"), ids),
    )
    return row.as_decision() if text("kind") == DECISION else row.as_plain()


def _clean(text: str) -> str:
    """Return a text with lines as everywhere else, and without the character that a database does not hold."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _in_former_order(lanes: Sequence[str], former: Sequence[str]) -> tuple[str, ...]:
    """Return the lanes, those that did the row already first and as they stood: boxes to tick know no order."""
    return tuple(dict.fromkeys((*(lane for lane in former if lane in lanes), *lanes)))


def _way(text: str, ids: Sequence[str]) -> tuple[Way, ...]:
    to = read_targets(text, ids)
    return (Way("", to),) if to else ()


def _exits(post: QueryDict, key: str, ids: Sequence[str]) -> tuple[Way, ...]:
    """Return the exits that say anything; a name that stands twice gets a number, so that neither is lost."""
    ways: dict[str, Way] = {}
    for label, to in zip(post.getlist(f"{key}.label"), post.getlist(f"{key}.to"), strict=False):
        wanted = _clean(label)
        if not wanted and not to.strip():
            continue
        name, number = wanted, 2
        while name in ways:
            name, number = f"{wanted} ({number})", number + 1
        ways[name] = Way(name, read_targets(to, ids))
    return tuple(ways.values())


def _performers(post: QueryDict, data: Data) -> dict[str, Any]:
    known: Mapping[str, Any] = data.get("performers", {})
    return {
        lane: {
            **known.get(lane, {}),
            "title": _clean(post.get(f"lane.{lane}.title", "")),
            "is": _clean(post.get(f"lane.{lane}.is", "")),
        }
        for lane in dict.fromkeys(post.getlist("lane"))
    }


def acted(data: dict[str, Any], act: str) -> tuple[dict[str, Any], str]:
    """Return the data after an act ("naik:ID", "tambah:ID" ...) and the key of the row to go on at ("" for none)."""
    name, _colon, of = act.partition(":")
    if name in _LANE_ACTS:
        return _LANE_ACTS[name](data, of), ""
    if name not in _ROW_ACTS:
        return data, of
    rows, at = _ROW_ACTS[name](list(table_of(data).rows), of)
    return with_rows(data, rows), at


def _add(rows: list[Row], after: str) -> tuple[list[Row], str]:
    row = Row(new_id("langkah baru", {each.id for each in rows}))
    rows.insert(_place(rows, after) + 1, row)
    return rows, row.id


def _remove(rows: list[Row], of: str) -> tuple[list[Row], str]:
    place = _place(rows, of)
    left = [row for row in rows if row.id != of]
    return left, left[min(place, len(left) - 1)].id if left else ""


def _up(rows: list[Row], of: str) -> tuple[list[Row], str]:
    return _moved(rows, of, -1)


def _down(rows: list[Row], of: str) -> tuple[list[Row], str]:
    return _moved(rows, of, +1)


def _moved(rows: list[Row], of: str, by: int) -> tuple[list[Row], str]:
    place = _place(rows, of)
    if place >= 0 and 0 <= place + by < len(rows):
        rows.insert(place + by, rows.pop(place))
    return rows, of


def _place(rows: list[Row], of: str) -> int:
    """Return the place of a row; -1, before the first, for none."""
    return next((place for place, row in enumerate(rows) if row.id == of), -1)


def _add_lane(data: dict[str, Any], _of: str) -> dict[str, Any]:
    lanes = data["performers"]
    name = new_id("pelaksana", {lane.replace("_", "-") for lane in lanes}).replace("-", "_")
    return {**data, "performers": {**lanes, name: {"title": "", "is": ""}}}


def _remove_lane(data: dict[str, Any], of: str) -> dict[str, Any]:
    lanes = {lane: part for lane, part in data["performers"].items() if lane != of}
    rows = [
        Row(**{**row.__dict__, "by": tuple(lane for lane in row.by if lane != of)})
        for row in table_of(data).rows
    ]
    return {**with_rows(data, rows), "performers": lanes}


_ROW_ACTS: dict[str, Callable[[list[Row], str], tuple[list[Row], str]]] = {
    "tambah": _add,
    "hapus": _remove,
    "naik": _up,
    "turun": _down,
}
_LANE_ACTS: dict[str, Callable[[dict[str, Any], str], dict[str, Any]]] = {
    "tambah-pelaksana": _add_lane,
    "hapus-pelaksana": _remove_lane,
}
