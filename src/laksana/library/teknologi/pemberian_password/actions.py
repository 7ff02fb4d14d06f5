"""What giving out an account adds to its definition: its name, the log of its secret, never the secret itself, and its end."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.others import other_cases
from laksana.library.teknologi.pemberian_password import report, rules
from laksana.numbering.services import declare_simple, give
from laksana.sop.definition import Limit
from laksana.worktime.zone import local_day

akun = Behaviour("pemberian-password")
_SECRETS = declare_simple(
    "rahasia-sekali-pakai", "RSP/{urut:04}/{tahun}", "pemberian-password", "id_rahasia"
).key
_SECRET = {"terbitkan": "Diterbitkan", "buka": "Dibuka", "kedaluwarsa": "Kedaluwarsa"}
"""Step -> what became of the secret."""


@akun.check("ajukan")
def nip_fits(situation: Situation) -> Mapping[str, str]:
    """Refuse a NIP that is not one of the employee's status."""
    nip, status = situation.values.get("nip"), situation.values.get("status_pegawai")
    fault = rules.nip_fault(nip, str(status)) if nip else ""
    return {"nip": fault} if fault else {}


@akun.computes("buat")
def named(situation: Situation) -> Mapping[str, Any]:
    """Return the user name of a new employee's account, never that of another before him, and his address."""
    values = situation.values
    name = values.get("nama_pengguna") or ""
    if values["jenis_layanan"] == "akun_baru" and values["jenis_akun"] == "pegawai":
        others = other_cases(situation, nama_pengguna__isnull=False).exclude(data__nip=values.get("nip"))
        name = rules.user_name(values["nama"], set(others.values_list("data__nama_pengguna", flat=True)))
    mail = rules.address(name) if "surel_dinas" in values["sistem"] else values.get("alamat_email")
    return {"nama_pengguna": name, "alamat_email": mail}


@akun.automatic("rahasia-sekali-pakai")
def issued(situation: Situation) -> Done:
    """Log that a secret was issued: its number, its time, until when it can be opened, and how often by now."""
    given = give(_SECRETS, situation.at, situation.case.number)
    limit = next(clock.limit for clock in situation.procedure.clocks if clock.id == "rahasia")
    kind = situation.values.get("jenis_akun")
    chosen = limit.choose.get(str(kind)) if isinstance(limit, Limit) else limit
    return Done(
        {
            "id_rahasia": given.written,
            "waktu_terbit": situation.at,
            "waktu_kedaluwarsa": situation.calendar.deadline(situation.at, chosen) if chosen else None,
            "jumlah_terbit": int(situation.values.get("jumlah_terbit") or 0) + 1,
        }
    )


@akun.computes("buka")
def opened(situation: Situation) -> Mapping[str, Any]:
    """Return when the secret was opened."""
    return {"waktu_dibuka": situation.at}


@akun.computes("ganti")
def changed(situation: Situation) -> Mapping[str, Any]:
    """Return when the holder set an own password, when it ends, and from when he is reminded of that."""
    ends, reminded = rules.password_ends(local_day(situation.at), situation.values["jenis_akun"])
    return {"waktu_ganti": situation.at, "kata_sandi_sampai": ends, "ingatkan_mulai": reminded}


@akun.computes("jalur")
def noticed(situation: Situation) -> Mapping[str, Any]:
    """Return when the end of an account was made known."""
    return {"waktu_jalur": situation.at} if situation.outcome == "Pencabutan" else {}


@akun.deadline("cabut")
def closing_limit(situation: Situation) -> datetime | None:
    """Return by when an account is closed: counted from when its right ends, or from the notice where that came later."""
    values = situation.values
    tmt = values.get("tmt_pemicu")
    return rules.closed_by(tmt, values.get("waktu_jalur") or situation.at) if tmt else None


@akun.check("cabut")
def not_before_its_day(situation: Situation) -> Mapping[str, str]:
    """Refuse to close an account that its holder may still use: it ends at the first instant of its day."""
    tmt = situation.values.get("tmt_pemicu")
    if tmt and situation.at < rules.midnight(tmt):
        return {"": f"Akun masih berlaku; baru dinonaktifkan {tmt:%d-%m-%Y} pukul 00.00."}
    return {}


@akun.computes("cabut")
def closed(situation: Situation) -> Mapping[str, Any]:
    """Return how many hours late an account was closed, until when its mailbox can be read, and when it is deleted."""
    tmt = situation.values["tmt_pemicu"]
    read, deleted = rules.mailbox_of(local_day(situation.at))
    return {
        "terlambat_jam": (situation.at - rules.midnight(tmt)) // timedelta(hours=1),
        "kotak_dibaca_sampai": read,
        "kotak_dihapus_pada": deleted,
    }


@akun.row("log-rahasia")
def secret_row(situation: Situation) -> Mapping[str, Any]:
    """Return by what way a secret goes to its holder, and what became of it."""
    return {"saluran": "Tautan sekali buka", "hasil": _SECRET.get(situation.step.id)}


akun.paper("rekap-triwulan")(report.figures)
