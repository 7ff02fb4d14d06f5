"""What an aspiration on social media adds to its definition: when it was captured, and how far it has spread."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from laksana.cases.behaviour import Behaviour, Situation
from laksana.cases.models import Attachment
from laksana.library.aspirasi.aspirasi_media_sosial import report
from laksana.library.rounding import half_up
from laksana.library.tables import Row, Table

medsos = Behaviour("aspirasi-media-sosial")
_PERSONAL = re.compile(r"\b(?:\d{18}|\d{16})\b|[\w.+-]+@[\w-]+\.\w+|(?:\+62|\b62|\b0)[ -]?8[\d -]{7,14}\d")


class SpreadRow(Row):
    """From which index of spread an issue is of this level."""

    tingkat: str
    mulai: int


SPREAD = Table(__file__, "sebaran-isu.csv", SpreadRow)


@medsos.computes("rekam")
def spread(situation: Situation) -> Mapping[str, Any]:
    """Return when the post was captured, its index of spread, and its level; in the mass media it is strategic."""
    values = situation.values
    likes, comments, shares = (
        int(values.get(name) or 0) for name in ("jumlah_suka", "jumlah_komentar", "jumlah_bagikan")
    )
    index = likes + 2 * comments + 3 * shares
    levels = sorted(SPREAD.rows(), key=lambda row: row.mulai)
    reached = [row.tingkat for row in levels if row.mulai <= index]
    level = levels[-1].tingkat if values.get("dikutip_media") else reached[-1]
    return {"waktu_rekam": situation.at, "indeks_sebaran": index, "tingkat_isu": level}


@medsos.computes("tanggapi-awal")
def answered(situation: Situation) -> Mapping[str, Any]:
    """Return when the first answer was given."""
    return {"waktu_tanggapan_awal": situation.at}


@medsos.check("tanggapi-awal", "susun-jawaban")
def no_personal_data(situation: Situation) -> Mapping[str, str]:
    """Refuse personal data in a public answer."""
    return {
        name: _("A public answer must not contain personal data.")
        for name in ("tanggapan_awal", "jawaban_publik")
        if name in situation.step.asks and _PERSONAL.search(situation.values.get(name) or "")
    }


@medsos.row("register-medsos")
def register_row(situation: Situation) -> Mapping[str, Any]:
    """Return in how many working hours the first answer came, counted from when the post was captured."""
    captured, first = (situation.values.get(name) for name in ("waktu_rekam", "waktu_tanggapan_awal"))
    if not captured or not first:
        return {}
    minutes = situation.calendar.minutes_between(captured, max(captured, first))
    return {"jam_kerja_tanggapan": half_up(Decimal(minutes) / 60, 1)}


@medsos.row("log-moderasi")
def moderation_row(situation: Situation) -> Mapping[str, Any]:
    """Return the SHA-256 of what was captured before a post was hidden."""
    captured = Attachment.objects.filter(pk__in=situation.values.get("tangkapan_layar") or ())
    hashes = captured.order_by("pk").values_list("stored__sha256", flat=True)
    return {"sha256_bukti": ", ".join(hashes) or None}


medsos.paper("laporan-bulanan-medsos")(report.figures)
