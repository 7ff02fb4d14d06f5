"""A small procedure to vary in tests."""

from copy import deepcopy
from typing import Any

import yaml

from laksana.sop.definition import Procedure, load

_DEFINITION: dict[str, Any] = {
    "id": "contoh",
    "code": "A.99",
    "page": 1,
    "title": "Prosedur Contoh",
    "title_en": "Example",
    "unit": "Sekretariat",
    "owner": "Subbagian Umum",
    "kind": "layanan",
    "initiator": "pegawai",
    "public": False,
    "summary": "An example.",
    "identity": {
        "number": "000.8.3.3/1/Diskominfo/2026",
        "version": 1,
        "made": "2026-01-05",
        "effective": "2026-02-02",
        "approved_by": "position kadis",
    },
    "legal_basis": [{"cite": "UU 43/2009", "about": "Kearsipan"}],
    "qualifications": ["Memahami tata naskah dinas"],
    "related": [],
    "equipment": ["Komputer"],
    "warnings": ["Surat terlambat"],
    "records": ["Buku agenda"],
    "performers": {
        "staf": {"title": "Staf", "is": "initiator"},
        "kasubag": {"title": "Kepala Subbagian", "is": "position kasubag-umpeg"},
    },
    "fields": {},
    "steps": [],
    "data": {"classification": "terbuka", "retention": "2 tahun"},
}


def step(step_id: str, **keys: Any) -> dict[str, Any]:
    """Return a step's data; it does something unless it is given `decides`."""
    plain = {} if "decides" in keys else {"does": f"Mengerjakan {step_id}"}
    return {
        "id": step_id,
        **plain,
        "by": "staf",
        "needs": ["Bahan"],
        "time": "15 menit",
        "gives": "Bahan",
        **keys,
    }


def decision(step_id: str, outcomes: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """Return the data of a step that decides."""
    return step(step_id, decides=f"Memeriksa {step_id}", outcomes=outcomes, by="kasubag", **keys)


def definition(**changes: Any) -> dict[str, Any]:
    """Return a whole definition's data with some keys changed; where no steps are given, three in a row."""
    data = deepcopy(_DEFINITION) | changes
    if not data["steps"]:
        data["steps"] = [step("ajukan"), step("proses", by="kasubag"), step("arsip")]
    return data


def as_text(data: dict[str, Any]) -> str:
    """Return the YAML text of a definition's data."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def procedure(**changes: Any) -> Procedure:
    """Return the procedure that a changed definition makes."""
    return load(as_text(definition(**changes)), "contoh/sop.yaml")


def with_fields(fields: dict[str, Any], **changes: Any) -> Procedure:
    """Return a procedure whose first step asks all of `fields`."""
    steps = [step("ajukan", asks=list(fields)), step("proses", by="kasubag"), step("arsip")]
    return procedure(fields=fields, **{"steps": steps, **changes})
