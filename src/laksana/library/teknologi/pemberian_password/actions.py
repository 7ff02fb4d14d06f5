"""What giving out an account adds to its definition: the log of its secret, never the secret itself."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.numbering.services import declare_simple, give
from laksana.sop.definition import Limit

akun = Behaviour("pemberian-password")
_SECRETS = declare_simple(
    "rahasia-sekali-pakai", "RSP/{urut:04}/{tahun}", "pemberian-password", "id_rahasia"
).key


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
    """Return when the holder set an own password."""
    return {"waktu_ganti": situation.at}
