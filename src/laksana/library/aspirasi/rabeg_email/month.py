"""The e-mails of a month in figures, as they stand with one e-mail: the last row of a month is its recapitulation."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laksana.cases.behaviour import Situation
from laksana.library.months import month_of
from laksana.library.recap import cases_since, day_of, done, in_time
from laksana.library.rounding import percent
from laksana.worktime.zone import local_day


def row(situation: Situation) -> Mapping[str, Any]:
    """Return the month of an e-mail and how many came, were of which kind, and what became of them."""
    received = local_day(situation.values["waktu_diterima"])
    cases = [
        case
        for case in cases_since(situation, received.replace(day=1), "waktu_diterima")
        if (day := day_of(case, "waktu_diterima"))
        and (day.year, day.month) == (received.year, received.month)
    ]
    kinds = Counter(case.data.get("hasil_saring") for case in cases)
    met, acknowledged = in_time(cases, "pengakuan")
    return {
        "bulan": month_of(received),
        "surel_masuk": len(cases),
        **{
            kind: kinds[kind]
            for kind in ("aspirasi_baru", "balasan_utas", "surat_dinas", "spam", "berbahaya")
        },
        "salah_saring": done(cases, "karantina", "Salah saring"),
        "tiket_rabeg": done(cases, "daftarkan"),
        "dijawab_langsung": done(cases, "jawab"),
        "gugur": done(cases, "gugur"),
        "pengakuan_tepat_waktu_persen": percent(Decimal(met), Decimal(acknowledged)),
    }
