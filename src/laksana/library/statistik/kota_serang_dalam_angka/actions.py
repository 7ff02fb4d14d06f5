"""What the yearbook adds to its definition: the tables to ask for, their checks, and one book out of many producers' tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laksana.cases import services as cases
from laksana.cases.behaviour import Behaviour, Done, Situation
from laksana.library.statistik.kota_serang_dalam_angka import rules
from laksana.library.statistik.kota_serang_dalam_angka.book import (
    METADATA_SHOWN,
    corrected,
    delivery,
    filled_share,
    inspected,
    told_differences,
)
from laksana.library.statistik.kota_serang_dalam_angka.checking import (
    BPS_ONLY,
    CHECKS,
    HARD,
    LOOKED_AT_TOGETHER,
    listed,
)
from laksana.library.statistik.kota_serang_dalam_angka.grdp import released
from laksana.library.statistik.kota_serang_dalam_angka.plan import (
    lacks,
    own_plans,
    planned,
    request,
    sectoral,
    unavailable,
)
from laksana.sop.form import from_json
from laksana.worktime.zone import local_day

ksda = Behaviour("kota-serang-dalam-angka")
Values = Mapping[str, Any]


@ksda.computes("tim")
def round_begins(situation: Situation) -> Values:
    """Return the year of the book and its release day."""
    year = int(situation.values["tahun_data"]) + 1
    return {"tahun_terbit": year, "tanggal_rilis": rules.release_day(year, situation.calendar)}


@ksda.check("tim")
def team_and_schedule(situation: Situation) -> Mapping[str, str]:
    """Refuse a team without a head, and a stage that ends before it begins."""
    found = {
        f"jadwal.{number}.selesai": "Tahap ini selesai sebelum dimulai."
        for number, row in enumerate(situation.values["jadwal"])
        if row["selesai"] < row["mulai"]
    }
    if not any(row["kedudukan"] == "ketua" for row in situation.values["susunan_tim"]):
        found["susunan_tim"] = "Tim belum memiliki ketua."
    return found


@ksda.check("rencana")
def plan_holds(situation: Situation) -> Mapping[str, str]:
    """Refuse tables twice or without what the frame does not know, unknown checks, and figures of BPS asked from an agency."""
    found: dict[str, str] = {}
    plans = planned(situation.values)
    for number, row in enumerate(plans):
        place = f"daftar_tabel.{number}"
        lacking = next((name for name in ("judul", "satuan", "produsen", "jenis") if not row.get(name)), None)
        names = set(listed(row.get("aturan")))
        if lacking:
            found[f"{place}.{lacking}"] = "Wajib diisi; tabel ini tidak ada pada daftar acuan."
        elif unknown := names - {*CHECKS, *BPS_ONLY, *LOOKED_AT_TOGETHER}:
            found[f"{place}.aturan"] = f"Aturan tidak dikenal: {', '.join(sorted(unknown))}."
        elif row["jenis"] == "sektoral" and names & BPS_ONLY:
            found[f"{place}.jenis"] = "Angka tabel ini hanya dari BPS; tidak diminta kepada OPD."
        elif any(other["kode"] == row["kode"] for other in plans[:number]):
            found[f"{place}.kode"] = f"Tabel {row['kode']} tercantum dua kali."
    return found


@ksda.computes("rencana")
def requests(situation: Situation) -> Values:
    """Return the full plan, and of each producer the tables that are asked from it."""
    plans = planned(situation.values)
    asked = sectoral(plans)
    producers = dict.fromkeys(row["produsen"] for row in asked)
    return {
        "daftar_tabel": plans,
        "tabel_diminta": len(asked),
        "permintaan": [request(producer, asked) for producer in producers],
    }


@ksda.computes("surat")
def letter_sent(situation: Situation) -> Values:
    """Return the day of the letter and until when data are due."""
    day = local_day(situation.at)
    return {"tanggal_surat": day, "batas_data": rules.data_due(day, situation.calendar)}


@ksda.deadline("isian-opd")
def data_end(situation: Situation) -> datetime | None:
    """Return the closing of the last day for the data."""
    return situation.calendar.closing(situation.values["batas_data"])


@ksda.deadline("rilis-tahunan")
def release_end(situation: Situation) -> datetime | None:
    """Return the closing of the release day, or the last working day before the one that BPS set."""
    return situation.calendar.closing(
        situation.calendar.workday_on_or_before(situation.values["tanggal_rilis"])
    )


@ksda.computes("data-dasar")
def grdp_taken_over(situation: Situation) -> Values:
    """Return the GRDP as it was released, with its year and mark."""
    return released(situation.values["tahun_data"])


@ksda.warns("data-dasar")
def no_grdp_yet(situation: Situation) -> Mapping[str, str]:
    """Warn where no GRDP has been released that chapter 12 could take over."""
    if released(situation.values["tahun_data"])["tabel_pdrb"]:
        return {}
    return {"tabel_bps": "Belum ada PDRB tahunan yang terbit pada sistem; bab 12 tidak terisi sendiri."}


@ksda.computes("isi", "isi-ulang")
def received(situation: Situation) -> Values:
    """Return when the tables came, what they lack, and their state."""
    values = situation.values
    lacking = lacks(values)
    empty = len([row for row in lacking if row["kekurangan"].startswith("isian")])
    state = "belum" if empty == len(own_plans(values)) else "sebagian" if lacking else "lengkap"
    return {"tanggal_masuk": local_day(situation.at), "tabel_kurang": lacking, "status_tabel": state}


@ksda.check("isi", "isi-ulang", "konfirmasi-opd")
def own_tables_only(situation: Situation) -> Mapping[str, str]:
    """Refuse rows of tables that were not asked from this producer."""
    own = {row["kode"] for row in own_plans(situation.values)}
    tables = ("isian_tabel", "metadata_variabel", "metadata_indikator", "penjelasan_opd")
    return {
        f"{table}.{number}.kode_tabel": f"Tabel {row['kode_tabel']} tidak diminta kepada produsen data ini."
        for table in tables
        if table in situation.step.asks
        for number, row in enumerate(situation.values.get(table) or ())
        if row["kode_tabel"] not in own
    }


@ksda.check("lengkap")
def complete_or_not(situation: Situation) -> Mapping[str, str]:
    """Refuse to find complete what lacks something, and to declare unavailable where nothing is lacking."""
    lacking = situation.values.get("tabel_kurang") or ()
    if situation.outcome == "Lengkap" and lacking:
        told = "; ".join(f"{row['kode_tabel']}: {row['kekurangan']}" for row in lacking)
        return {"outcome": f"Belum lengkap. {told}."}
    if situation.outcome == "Tidak tersedia" and not lacking:
        return {"outcome": "Semua tabel sudah terisi."}
    return {}


@ksda.computes("ingatkan")
def reminded(situation: Situation) -> Values:
    """Return the reminder's number; from the third on the Sekretaris Daerah and Bapperida get copies."""
    return {"pengingat_ke": int(situation.values.get("pengingat_ke") or 0) + 1}


@ksda.check("tandai")
def marked_rightly(situation: Situation) -> Mapping[str, str]:
    """Refuse to leave a table that is neither filled in nor declared unavailable, and to declare one that is filled in."""
    lacking = {row["kode_tabel"] for row in situation.values.get("tabel_kurang") or ()}
    for number, row in enumerate(situation.values["tabel_tidak_tersedia"]):
        if row["kode_tabel"] not in lacking:
            return {f"tabel_tidak_tersedia.{number}.kode_tabel": "Tabel ini terisi atau tidak diminta."}
    left = sorted(lacking - unavailable(situation.values).keys())
    return {"tabel_tidak_tersedia": f"Belum lengkap dan tidak dinyatakan: {', '.join(left)}."} if left else {}


@ksda.automatic("validasi-tabel")
def checked(situation: Situation) -> Done:
    """Return what is wrong with each table of the producer, what is answered, and the counts that hold it back."""
    findings, summary = inspected(situation.values)
    hard = sum(row["tingkat"] == HARD for row in findings)
    first = situation.values.get("galat_pertama")
    return Done(
        {
            "hasil_pemeriksaan": findings,
            "rekap_pemeriksaan": summary,
            "galat_keras": hard,
            "belum_terjawab": sum(row["status"] == "terbuka" for row in findings) - hard,
            "galat_pertama": hard if first is None else first,
        }
    )


@ksda.check("konfirmasi-opd")
def place_given(situation: Situation) -> Mapping[str, str]:
    """Refuse a new figure without the row and column that it belongs to."""
    return {
        f"penjelasan_opd.{number}.baris": "Sebutkan baris dan kolom bagi nilai baru."
        for number, row in enumerate(situation.values["penjelasan_opd"])
        if (row.get("nilai_baru") is not None or row.get("tanda_baru"))
        and not (row.get("baris") and row.get("kolom"))
    }


@ksda.computes("konfirmasi-opd")
def answered_by_producer(situation: Situation) -> Values:
    """Return the producer's cells with what it corrected."""
    values = situation.values
    return {"isian_tabel": corrected(values.get("isian_tabel") or (), values["penjelasan_opd"])}


@ksda.automatic("himpun-tabel")
def put_together(situation: Situation) -> Done:
    """Return the tables and metadata of all producers as one, how complete they are, and figures that differ between tables."""
    values = situation.values
    given = {each.row["opd"]: each for each in cases.instances(situation.case)}
    in_order = [given[row["opd"]] for row in values["permintaan"]]
    all_given = [
        delivery(values, each.row, from_json(situation.procedure, each.data), situation.calendar)
        for each in in_order
    ]
    book = [row for each in all_given for row in each.cells]
    described = [row for each in all_given for row in each.metadata]
    done = sum(each.judged["tabel_lolos"] for each in all_given)
    return Done(
        {
            "tabel_final": book,
            "permintaan": [each.request for each in all_given],
            "evaluasi_opd": [each.judged for each in all_given],
            "tabel_tidak_tersedia": [row for each in all_given for row in each.unavailable],
            "tabel_lolos": done,
            "kelengkapan_persen": rules.completeness(done, int(values["tabel_diminta"])),
            "metadata_persen": filled_share(described),
            "metadata_tabel": [{name: row[name] for name in METADATA_SHOWN} for row in described],
            "temuan_antartabel": told_differences(book),
        }
    )


@ksda.check("rekonsiliasi")
def all_settled(situation: Situation) -> Mapping[str, str]:
    """Refuse a reconciliation that passes over figures that differ between tables."""
    settled = {row["kode_tabel"] for row in situation.values["hasil_rekon"]}
    for row in situation.values.get("temuan_antartabel") or ():
        if not settled & set(listed(row["kode_tabel"])):
            where = f"{row['besaran']} berbeda pada tabel {row['kode_tabel']}: {row['nilai']}"
            return {"hasil_rekon": f"{where}. Putuskan satu."}
    return {}


@ksda.check("rekonsiliasi", "perbaiki-rekon")
def revisions_are_told(situation: Situation) -> Mapping[str, str]:
    """Refuse a figure marked as revised that is not in the list of revisions."""
    values = situation.values
    told = {(row["kode_tabel"], row["baris"], row["kolom"]) for row in values.get("daftar_revisi") or ()}
    for row in corrected(values.get("tabel_final") or (), values.get("perbaikan_tabel") or ()):
        if row.get("tanda") == "r" and (row["kode_tabel"], row["baris"], row["kolom"]) not in told:
            return {
                "daftar_revisi": f"Sel {row['baris']}/{row['kolom']} tabel {row['kode_tabel']} bertanda r."
            }
    return {}


@ksda.computes("perbaiki-rekon")
def mended(situation: Situation) -> Values:
    """Return the book's cells with what the reconciliation changed."""
    cells = corrected(situation.values["tabel_final"], situation.values["perbaikan_tabel"])
    return {"tabel_final": cells, "temuan_antartabel": told_differences(cells)}


@ksda.computes("nomor")
def day_set(situation: Situation) -> Values:
    """Return the release day that BPS set, where it did."""
    day = situation.values.get("tanggal_rilis_bps")
    return {"tanggal_rilis": day} if day else {}


@ksda.warns("nomor")
def number_of_the_year(situation: Situation) -> Mapping[str, str]:
    """Warn of a publication number that is not of the city or of the year, as that of 2020 was (36730.2002)."""
    wanted = f"36730.{int(situation.values['tahun_terbit']) % 100:02d}"
    number = situation.values.get("nomor_publikasi") or wanted
    return {} if number.startswith(wanted) else {"nomor_publikasi": f"Biasanya berawal {wanted}."}


@ksda.check("rilis")
def not_before_its_day(situation: Situation) -> Mapping[str, str]:
    """Refuse a release before the day on which BPS releases too."""
    day = situation.values["tanggal_rilis"]
    return (
        {"alamat_terbit": f"Dirilis serentak pada {day:%d-%m-%Y}."} if local_day(situation.at) < day else {}
    )


@ksda.row("pemeriksaan-tabel")
def inspection_row(situation: Situation) -> Values:
    """Return who judged the findings."""
    return {"pemeriksa": str(situation.actor or "")}


@ksda.row("register-metadata")
def metadata_row(situation: Situation) -> Values:
    """Return the day on which the metadata went to the portal."""
    return {"tanggal_muat": local_day(situation.at)}


@ksda.row("register-revisi")
def revision_row(situation: Situation) -> Values:
    """Return the cell and the day of the revision."""
    return {
        "sel": f"{situation.values['baris']}/{situation.values['kolom']}",
        "tanggal_rekon": local_day(situation.at),
    }


@ksda.row("publikasi")
def publication_row(situation: Situation) -> Values:
    """Return the title of the book."""
    return {"judul": f"Kota Serang Dalam Angka {situation.values['tahun_terbit']}"}
