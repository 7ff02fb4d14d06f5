"""What the employee file knows for the forms of the personnel procedures, each value with the document that proves it.

A procedure says in its `actions` which fields take which fact: `behaviour.prefills("ajukan")(from_file({"nama": "nama"}))`.
Who fills in another's form gets no more than he may read of that file, and the reading is recorded.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Filling, Known, Situation
from laksana.cases.models import Case
from laksana.library.kepegawaian.functional import LEVELS
from laksana.library.kepegawaian.ranks import GRADES
from laksana.library.kepegawaian.riwayat.models import FileRow
from laksana.library.kepegawaian.riwayat.rights import note_reading, readable_parts
from laksana.library.kepegawaian.riwayat.services import current, file_of
from laksana.library.kepegawaian.service import in_words
from laksana.people.models import Holding, Person, Position, overlapping
from laksana.people.picture import office
from laksana.sop.form import from_json
from laksana.sop.nip import Nip, NipError
from laksana.worktime.zone import local_day

FILE, NUMBER, OFFICE = "berkas kepegawaian", "NIP", "susunan organisasi"
Facts = dict[str, tuple[Known, str]]
"""Name of a fact -> what is known, and the part of the file that it was read in ("" for none)."""


def from_file(
    fields: Mapping[str, str],
    *,
    chosen_by: str = "",
    remembers: Iterable[str] = (),
    more: Callable[[Situation, Person], Mapping[str, Known]] | None = None,
) -> Callable[[Situation], Filling]:
    """Return what fills fields of a form (field -> fact) from the file of its employee.

    The employee is whom the field `chosen_by` names, else who started the case. `remembers` names fields that the file does not
    hold and that his last case of the procedure does; `more` adds what only the procedure can reckon.
    """

    def fill(situation: Situation) -> Filling:
        person = _employee(situation, chosen_by)
        if person is None:
            return Filling(chosen_by=chosen_by)
        reader = situation.actor or person
        parts = readable_parts(reader, person, situation.at)
        if not parts:
            return Filling(str(person.pk), {}, chosen_by)
        found = facts(person, local_day(situation.at))
        given = {name: found[fact] for name, fact in fields.items() if fact in found}
        given = {name: (known, part) for name, (known, part) in given.items() if not part or part in parts}
        occasion = f"{situation.procedure.title} {situation.case.number or ''}".strip()
        note_reading(
            reader, person, {part for _known, part in given.values() if part}, occasion, situation.at
        )
        known = {name: each for name, (each, _part) in given.items()}
        if remembers and reader == person:
            known |= _remembered(situation, person, remembers)
        if more is not None:
            known |= more(situation, person)
        return Filling(str(person.pk), known, chosen_by)

    return fill


def _employee(situation: Situation, chosen_by: str) -> Person | None:
    if not chosen_by:
        return situation.case.initiator
    chosen = situation.values.get(chosen_by)
    return Person.objects.filter(pk=chosen).select_related("unit").first() if chosen else None


def _remembered(situation: Situation, person: Person, names: Iterable[str]) -> dict[str, Known]:
    """Return what a person wrote into his last case of the procedure."""
    case = situation.case
    mine = Case.objects.filter(procedure=case.procedure, initiator=person).exclude(pk=case.pk)
    last = mine.order_by("-pk").first()
    if last is None:
        return {}
    wanted = {name: value for name in names if (value := last.data.get(name)) not in (None, "")}
    values = from_json(situation.procedure, wanted)
    for name, rows in values.items():
        columns = situation.procedure.fields[name].columns
        if columns:
            values[name] = [{c: cell for c, cell in row.items() if not columns[c].computed} for row in rows]
    return {name: Known(value, f"permintaan terakhir, {last.number}") for name, value in values.items()}


@dataclass(frozen=True)
class _Source:
    """A row of the file that facts are read in."""

    row: FileRow

    def fact(self, value: Any) -> tuple[Known, str]:
        """Return a value with the document that proves it."""
        proof = self.row.document or (self.row.case.number if self.row.case else "")
        return Known(value, f"{FILE}, {proof}"), self.row.kind


def facts(person: Person, day: date) -> Facts:
    """Return everything that is known of an employee on a day, by names that the procedures use."""
    rows: dict[str, list[FileRow]] = {}
    for row in file_of(person).select_related("case").order_by("-since", "-pk"):
        rows.setdefault(row.kind, []).append(row)
    holding = {
        kind: current(
            kind, [row for row in found if row.since <= day and (row.until is None or row.until >= day)]
        )
        for kind, found in rows.items()
    }
    found = _of_person(person)
    for read in (_grade, _pay, _post, _schooling, _family, _contract):
        found |= read(holding)
    found |= _ratings(rows.get("skp", ()))
    found |= _awards(rows.get("penghargaan", ()))
    found |= _penalties(rows.get("disiplin", ()), rows.get("cuti", ()))
    return found | _position(person, day, found) | _assessor(person, day)


def _of_person(person: Person) -> Facts:
    found: Facts = {
        "pegawai": (Known(person.pk, OFFICE), ""),
        "nip": (Known(person.nip, OFFICE), ""),
        "nama": (Known(person.name, OFFICE), ""),
        "nama_tanpa_gelar": (Known(_without_degrees(person.name), OFFICE), ""),
        "unit_kerja": (Known(person.unit.code, OFFICE), ""),
    }
    try:
        nip = Nip.parse(person.nip)
    except NipError:
        return found
    found["tanggal_lahir"] = (Known(nip.born, NUMBER), "")
    found["status_pegawai"] = (Known("PPPK" if nip.is_pppk else "PNS", NUMBER), "")
    if nip.appointed_month is not None:
        found["tmt_cpns"] = found["tmt_masuk"] = (
            Known(date(nip.appointed_year, nip.appointed_month, 1), NUMBER), ""
        )  # fmt: skip
    return found


def _assessor(person: Person, day: date) -> Facts:
    """Return who rates an employee: his superior."""
    above = office(day).superior_of(person.pk)
    if above is None:
        return {}
    superior = Person.objects.get(pk=above)
    return {
        "penilai": (Known(superior.pk, OFFICE), ""),
        "penilai_nip": (Known(superior.nip, OFFICE), ""),
    }


def _without_degrees(name: str) -> str:
    plain = name.partition(",")[0]
    return " ".join(word for word in plain.split() if not word.endswith("."))


def _grade(holding: Mapping[str, list[FileRow]]) -> Facts:
    if not (rows := holding.get("pangkat")):
        return {}
    row, grade = _Source(rows[0]), str(rows[0].data["golongan"])
    rank = GRADES.get(grade)
    words = f"{rank.pangkat} ({grade})" if rank else grade
    return {
        "golongan": row.fact(grade),
        **({"golongan_pns": row.fact(grade)} if rank else {}),
        "pangkat_golongan": row.fact(words),
        "tmt_golongan": row.fact(row.row.since),
        "mkg_pangkat_tahun": row.fact(row.row.data["mkg_tahun"]),
        "mkg_pangkat_bulan": row.fact(row.row.data["mkg_bulan"]),
    }


def _pay(holding: Mapping[str, list[FileRow]]) -> Facts:
    if not (rows := holding.get("gaji")):
        return {}
    row, data = _Source(rows[0]), rows[0].data
    months = 12 * int(data["mkg_tahun"]) + int(data["mkg_bulan"])
    of_contract = {"golongan_pppk": data["golongan"], "gaji_pppk": Decimal(str(data["gaji_pokok"]))}
    return {
        **(
            {}
            if GRADES.get(data["golongan"])
            else {name: row.fact(value) for name, value in of_contract.items()}
        ),
        "gaji_pokok": row.fact(Decimal(str(data["gaji_pokok"]))),
        "golongan_gaji": row.fact(data["golongan"]),
        "tmt_gaji": row.fact(row.row.since),
        "mkg_gaji_tahun": row.fact(data["mkg_tahun"]),
        "mkg_gaji_bulan": row.fact(data["mkg_bulan"]),
        "mkg_kata": row.fact(in_words(months)),
        "nomor_gaji": row.fact(row.row.document),
    }


def _post(holding: Mapping[str, list[FileRow]]) -> Facts:
    if not (rows := holding.get("jabatan")):
        return {}
    row, title = _Source(rows[0]), str(rows[0].data["jabatan"])
    level = next((each.jenjang for each in LEVELS.rows() if title.endswith(each.jenjang)), None)
    found = {"jabatan": row.fact(title), "tmt_jabatan": row.fact(row.row.since)}
    return found | ({"jenjang_jf": row.fact(level)} if level else {})


_DIPLOMAS = {
    "DIII": ("D-III", "D3", "DIII"),
    "S1/DIV": ("S-1", "S1", "D-IV", "DIV"),
    "S2/Profesi setara": ("S-2", "S2"),
    "S3": ("S-3", "S3"),
    "SLTA/SMK/DI/DII": ("SLTA", "SMA", "SMK"),
}
"""Level as the table of promotions names it -> how files write it."""


def _schooling(holding: Mapping[str, list[FileRow]]) -> Facts:
    if not (rows := holding.get("pendidikan")):
        return {}
    row, level = _Source(rows[0]), str(rows[0].data["jenjang"])
    named = next((name for name, written in _DIPLOMAS.items() if level in (name, *written)), None)
    return {"pendidikan": row.fact(named)} if named else {}


_SPOUSE, _CHILD = ("pasangan", "istri", "suami"), ("anak", "anak kandung", "anak tiri", "anak angkat")


def _family(holding: Mapping[str, list[FileRow]]) -> Facts:
    rows = holding.get("keluarga", [])
    spouses = [row for row in rows if row.data["hubungan"].lower() in _SPOUSE]
    children = sorted(
        (row for row in rows if row.data["hubungan"].lower() in _CHILD),
        key=lambda row: row.data["tanggal_lahir"],
    )
    found: Facts = {}
    if spouses:
        row, data = _Source(spouses[0]), spouses[0].data
        born = date.fromisoformat(data["tanggal_lahir"])
        found |= {
            "nama_pasangan": row.fact(data["nama"]),
            "tanggal_lahir_pasangan": row.fact(born),
            "pasangan": row.fact([{"nama": data["nama"], "tanggal_lahir": born}]),
            "tanggungan_pasangan": row.fact(data["tertanggung"]),
        }
    if children:
        row = _Source(children[0])
        found["anak"] = row.fact([_child(each) for each in children])
        found["tanggungan_anak"] = row.fact(sum(bool(each.data["tertanggung"]) for each in children))
    return found


def _child(row: FileRow) -> dict[str, Any]:
    relation = row.data["hubungan"].lower()
    status = relation.removeprefix("anak ") if relation != "anak" else "kandung"
    born = date.fromisoformat(row.data["tanggal_lahir"])
    return {"nama_anak": row.data["nama"], "tanggal_lahir": born, "status": status}


def _contract(holding: Mapping[str, list[FileRow]]) -> Facts:
    if not (rows := holding.get("kontrak")):
        return {}
    row = _Source(rows[0])
    found = {"golongan_pppk": row.fact(row.row.data["golongan_pppk"]), "tmt_masuk": row.fact(row.row.since)}
    found["pangkat_golongan"] = found["golongan"] = row.fact(row.row.data["golongan_pppk"])
    found["tmt_golongan"] = row.fact(row.row.since)
    return found | ({"akhir_kontrak": row.fact(row.row.until)} if row.row.until else {})


def _ratings(rows: Iterable[FileRow]) -> Facts:
    """Return the ratings of the last year that has one, and of the year before it."""
    years = {int(row.data["tahun"]): row for row in reversed(list(rows))}
    last = max(years, default=0)
    found: Facts = {}
    for name, year in (("predikat", last), ("predikat_sebelumnya", last - 1)):
        if year in years:
            found[name] = _Source(years[year]).fact(years[year].data["predikat"])
    if last:
        found["tahun_predikat"] = _Source(years[last]).fact(last)
    return found


def _awards(rows: Iterable[FileRow]) -> Facts:
    """Return the highest Satyalancana held; that none is held, where the file names none."""
    held = {years: row for row in rows for years in ("10", "20", "30") if years in row.data["penghargaan"]}
    if not held:
        return {"satyalancana": (Known("tidak_ada", FILE), "penghargaan")}
    years = max(held, key=int)
    return {
        "satyalancana": _Source(held[years]).fact(years),
        "nomor_satyalancana": _Source(held[years]).fact(held[years].document),
    }


def _penalties(rows: Iterable[FileRow], leaves: Iterable[FileRow]) -> Facts:
    found: Facts = {}
    punished = [
        {
            "tingkat": row.data["tingkat"], "jenis": row.data["jenis_hukuman"], "tanggal_mulai": row.since,
            "tanggal_selesai": row.until,
        }
        for row in rows
    ]  # fmt: skip
    unpaid = [
        {"mulai": row.since, "selesai": row.until}
        for row in leaves
        if row.data["jenis_cuti"] == "cltn" and row.until
    ]
    if punished:
        found["hukdis"] = (Known(punished, FILE), "disiplin")
    if unpaid:
        found["cltn"] = (Known(unpaid, FILE), "cuti")
    return found


def _position(person: Person, day: date, found: Facts) -> Facts:
    """Return the title of the post where the file names none, and the groups of posts that the procedures know."""
    own = Holding.objects.filter(overlapping(day, day), person=person, kind=Holding.Kind.DEFINITIVE)
    seat = own.exclude(position__kind=Position.Kind.DUTY).select_related("position__superior").first()
    if seat is None:
        return {}
    group = _group(seat.position)
    level = found["jenjang_jf"][0].value if "jenjang_jf" in found else None
    source = OFFICE
    told: Facts = {
        "kelompok_pemohon": (Known(_APPLICANTS.get(group, "pelaksana_jf_pengawas"), source), ""),
        "eselon": (Known(group, source), ""),
        "jabatan_kelompok": (Known(group.partition("_")[0] if group != "jpt_pratama" else group, source), ""),
        "jenis_jabatan": (Known("jpt" if group == "jpt_pratama" else group.partition("_")[0], source), ""),
    }
    code = _retirement_code(group, level)
    if code is not None:
        told["jabatan_kode"] = (Known(code, source), "")
    if "jabatan" not in found:
        told["jabatan"] = (Known(seat.position.title, source), "")
        told["tmt_jabatan"] = (Known(seat.since, source), "")
    if group != "jf":
        told["jenis_kp"] = (Known("reguler" if group == "pelaksana" else "jabatan_struktural", source), "")
    else:
        told["jenis_kp"] = (Known("jabatan_fungsional", source), "")
    return told


_APPLICANTS = {
    "jpt_pratama": "kepala_dinas",
    "administrator_sekretaris": "administrator",
    "administrator_kabid": "administrator",
}


def _group(position: Position) -> str:
    """Return the group of a post by its place in the office: who leads it all, those below him, and so on."""
    if position.kind == Position.Kind.FUNCTIONAL:
        return "jf"
    if position.kind != Position.Kind.STRUCTURAL:
        return "pelaksana"
    above = position.superior
    if above is None:
        return "jpt_pratama"
    if above.superior_id is None:
        return "administrator_sekretaris" if position.code == "sekretaris" else "administrator_kabid"
    return "pengawas"


def _retirement_code(group: str, level: str | None) -> str | None:
    if group != "jf":
        return group.partition("_")[0] if group != "jpt_pratama" else group
    if level is None:
        return None
    return f"jf_{level.lower().replace(' ', '_')}" if level.startswith("Ahli") else "jf_keterampilan"
