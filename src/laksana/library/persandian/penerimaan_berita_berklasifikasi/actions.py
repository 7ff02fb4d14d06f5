"""What receiving a classified message adds to its definition: its agenda number, and how often it was asked for again."""

from collections.abc import Mapping
from typing import Any

from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.persandian.berita import retransmissions_left
from laksana.numbering.services import declare_simple, give
from laksana.worktime.zone import local_day

penerimaan = Behaviour("penerimaan-berita-berklasifikasi")
_AGENDA = declare_simple(
    "agenda-sandi-masuk",
    "SANDI.M/{urut:03}/{bulan}/{tahun}",
    "penerimaan-berita-berklasifikasi",
    "nomor_agenda",
).key


@penerimaan.automatic("nomor-agenda-sandi")
def number_message(situation: Situation) -> Done:
    """Give a message its agenda number, once; one sent again keeps it with /U1, /U2; a misaddressed one gets none."""
    if situation.outcome == "Salah alamat":
        return Done()
    values = situation.values
    number = values.get("nomor_agenda")
    if number is None:
        received = local_day(values["waktu_terima"])
        number = give(_AGENDA, situation.at, situation.case.number, on=received).written
    again = values.get("permintaan_ulang_ke")
    return Done({"nomor_agenda": f"{number.partition('/U')[0]}/U{again}" if again else number})


@penerimaan.computes("terima")
def left_at_receipt(situation: Situation) -> Mapping[str, Any]:
    """Return how often the message may still be asked for again."""
    used = situation.values.get("permintaan_ulang_ke") or 0
    return {"sisa_kirim_ulang": retransmissions_left(situation.values["derajat"], int(used))}


@penerimaan.computes("minta-ulang")
def asked_again(situation: Situation) -> Mapping[str, Any]:
    """Count a request to send again."""
    used = int(situation.values.get("permintaan_ulang_ke") or 0) + 1
    derajat = situation.values.get("derajat")
    left = retransmissions_left(derajat, used) if derajat else None
    return {"permintaan_ulang_ke": used, "sisa_kirim_ulang": left}
