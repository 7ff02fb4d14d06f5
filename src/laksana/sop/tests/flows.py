"""Random procedures to draw: any flow that a definition can say, sound or not."""

from typing import Any

from hypothesis import strategies as st

from laksana.sop.definition import END, Procedure
from laksana.sop.tests.examples import procedure

_WORDS = (
    "surat", "memeriksa", "kelengkapan", "dan", "menandatangani", "berkas", "pertanggungjawaban", "Kepala", "usul", "SPP/SPM-UP",
    "menyampaikan", "kepada", "pengadministrasian", "di", "rekomendasi", "ASN", "keuangan", "12", "disposisi", "yang",
)  # fmt: skip
_TIMES = ("15 menit", "2 jam", "3 hari kerja", "24 jam berjalan")


def texts(most: int) -> st.SearchStrategy[str]:
    """Return texts of up to so many words."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=most).map(" ".join)


@st.composite
def procedures(draw: st.DrawFn, most_steps: int = 16, most_lanes: int = 9) -> Procedure:
    """Draw a procedure whose steps lead anywhere."""
    names = [f"langkah-{number}" for number in range(draw(st.integers(3, most_steps)))]
    lanes = [f"pelaksana_{number}" for number in range(draw(st.integers(2, most_lanes)))]
    steps = [_step(draw, name, names, lanes) for name in names]
    return procedure(
        title=draw(texts(6)),
        performers={lane: {"title": draw(texts(5)), "is": "initiator"} for lane in lanes},
        steps=steps,
    )


def _step(draw: st.DrawFn, name: str, names: list[str], lanes: list[str]) -> dict[str, Any]:
    step: dict[str, Any] = {
        "id": name,
        "by": draw(
            st.lists(
                st.sampled_from(lanes), min_size=1, max_size=draw(st.sampled_from((1, 1, 1, 3))), unique=True
            )
        ),
        "needs": draw(st.lists(texts(4), min_size=1, max_size=3)),
        "time": draw(st.sampled_from(_TIMES)),
        "gives": draw(texts(4)),
        "note": draw(st.sampled_from(("", "", "Bila berkas kurang lengkap, dikembalikan kepada pemohon"))),
    }
    if draw(st.integers(0, 9)) == 0:
        step["timeout"] = {"after": draw(st.sampled_from(_TIMES)), "then": _targets(draw, name, names)}
    if name != names[0] and draw(st.integers(0, 9)) == 0:
        step["joins"] = True
    if draw(st.booleans()):
        return step | {"does": draw(texts(8))} | _onward(draw, name, names)
    labels = draw(
        st.lists(texts(3), min_size=2, max_size=draw(st.sampled_from((2, 2, 3, 3, 4, 7))), unique=True)
    )
    return step | {
        "decides": draw(texts(8)),
        "outcomes": {label: _targets(draw, name, names) for label in labels},
    }


def _onward(draw: st.DrawFn, name: str, names: list[str]) -> dict[str, Any]:
    return {"then": _targets(draw, name, names)} if draw(st.integers(0, 2)) == 0 else {}


def _targets(draw: st.DrawFn, name: str, names: list[str]) -> list[str]:
    """Draw where an exit leads: mostly nearby, sometimes to the end, sometimes in parallel."""
    if draw(st.integers(0, 9)) == 0:
        return [END]
    here = names.index(name)
    near = [names[place] for place in range(max(0, here - 3), min(len(names), here + 4))]
    pool = st.sampled_from(near) if draw(st.booleans()) else st.sampled_from(names)
    most = draw(st.sampled_from((1, 1, 1, 1, 1, 2, 3)))
    return draw(st.lists(pool, min_size=1, max_size=most, unique=True))
