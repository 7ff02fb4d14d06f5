"""The berita acara of a list, with the list itself: PDF/A."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from laksana.archive.models import Approval, DisposalList
from laksana.archive.signing import signatories
from laksana.documents.services import block, letterhead, render
from laksana.people.services import desk_title
from laksana.worktime.zone import local, local_day

_TEMPLATE = Path(__file__).resolve().parent / "typst" / "berita-acara.typ"
_Kind = DisposalList.Kind
_WORDS = {
    _Kind.TRANSFER: {
        "title": "Berita Acara Pemindahan Arsip Inaktif",
        "draft": "Daftar Arsip Inaktif yang Dipindahkan",
        "done": "telah memindahkan arsip inaktif yang masa aktifnya telah berakhir dari unit pengolah ke unit kearsipan, "
        "sebagaimana tercantum dalam daftar terlampir",
        "after": "Sejak ditandatanganinya berita acara ini, tanggung jawab pemeliharaan arsip beralih ke unit kearsipan.",
    },
    _Kind.DESTRUCTION: {
        "title": "Berita Acara Pemusnahan Arsip",
        "draft": "Daftar Arsip Usul Musnah",
        "done": "telah memusnahkan arsip yang masa retensinya telah berakhir dan berketerangan musnah, "
        "sebagaimana tercantum dalam daftar terlampir",
        "after": "Isi berkas dihapus dari penyimpanan sehingga tidak dapat dibaca lagi. Metadata, catatan register, riwayat, "
        "dan rantai sidiknya tetap disimpan sebagai bukti pemusnahan.",
    },
    _Kind.HANDOVER: {
        "title": "Berita Acara Penyerahan Arsip Statis",
        "draft": "Daftar Arsip Usul Serah",
        "done": "telah menyerahkan arsip yang berketerangan permanen kepada lembaga kearsipan daerah, "
        "sebagaimana tercantum dalam daftar terlampir",
        "after": "Sejak ditandatanganinya berita acara ini, tanggung jawab pengelolaan arsip beralih ke lembaga kearsipan "
        "daerah.",
    },
}


def report_pdf(listed: DisposalList, at: datetime) -> bytes:
    """Return a list as it stands: the draft that is asked approval for, or the berita acara once it is carried out."""
    return render(_TEMPLATE, report_data(listed, at), at)


def report_data(listed: DisposalList, at: datetime) -> dict[str, Any]:
    """Return everything that the template prints."""
    words = _WORDS[_Kind(listed.kind)]
    done = listed.state == DisposalList.State.DONE
    lines = list(listed.lines.all())
    day = local(listed.done_at or at)
    return {
        "letterhead": letterhead(),
        "document": {"title": words["title"] if done else words["draft"]},
        "done": done,
        "number": listed.report_number,
        "list": {"number": listed.number, "title": words["draft"], "on": _day(local_day(listed.at))},
        "words": {"done": words["done"], "after": words["after"]},
        "consent": listed.consent,
        "date": day,
        "rows": [line.described for line in lines if not line.left_out],
        "left_out": [{**line.described, "why": line.left_out} for line in lines if line.left_out],
        "approvals": [_approval(each) for each in listed.approvals.select_related("person")],
        "signatures": [block(signatory) for _person, signatory in signatories(listed)],
    }


def _approval(each: Approval) -> dict[str, str]:
    said = "menunggu" if each.agreed is None else "menyetujui" if each.agreed else "menolak"
    return {
        "position": each.acting_as or desk_title(f"position:{each.position}"),
        "person": str(each.person or ""),
        "said": said,
        "on": f"{local(each.at):%d-%m-%Y %H.%M}" if each.at else "",
        "note": each.note,
    }


def _day(day: date) -> str:
    return day.isoformat()
