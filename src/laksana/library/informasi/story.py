"""From request to dispute as one story: which cases belong together, the days of law in it, and what the applicant may do."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from laksana.cases.models import Case, WorkItem
from laksana.cases.services import definition
from laksana.documents.services import worded_moment
from laksana.library.informasi.found import cases_with
from laksana.library.informasi.limits import LIMITS, workdays
from laksana.library.informasi.readings import READINGS, read_as
from laksana.library.told import Asked, CountedDay, Right, Told, chains, tells
from laksana.worktime.calendar import WorkCalendar
from laksana.worktime.zone import local, local_day

REQUEST, OBJECTION, DISPUTE = "permohonan-informasi", "keberatan-informasi", "sengketa-informasi"
_TAKEN = (WorkItem.State.DONE, WorkItem.State.TIMED_OUT)


@chains(REQUEST, OBJECTION, DISPUTE)
def linked(case: Case) -> list[Case]:
    """Return a request, the objections to its answer, and their disputes, whichever of them is asked for."""
    first = _first(case)
    return [first, *_following(first)]


def _first(case: Case) -> Case:
    before = _before(case)
    return _first(before) if before is not None else case


def _before(case: Case) -> Case | None:
    """Return the case whose answer a case turns against: the one that started it, or the one whose number it names."""
    if case.procedure == REQUEST:
        return None
    earlier, named, number = {
        OBJECTION: (REQUEST, "nomor_pendaftaran_permohonan", "nomor_pendaftaran"),
        DISPUTE: (OBJECTION, "nomor_keberatan", "nomor_registrasi"),
    }[case.procedure]
    if case.starter_id is not None and (starter := case.starter) and starter.case.procedure == earlier:
        return starter.case
    answered = cases_with(earlier, number, case.data.get(named)).first()
    return answered if answered is not None and _same_applicant(answered, case) else None


def _same_applicant(one: Case, other: Case) -> bool:
    """Return whether nothing says that two cases are of different people: a number may have been copied wrongly."""
    for name in ("nik", "nama"):
        here, there = one.data.get(name), other.data.get(name)
        if here and there:
            return " ".join(str(here).casefold().split()) == " ".join(str(there).casefold().split())
    return True


def _following(case: Case) -> Iterator[Case]:
    if case.procedure == DISPUTE:
        return
    later, named, number = {
        REQUEST: (OBJECTION, "nomor_pendaftaran_permohonan", "nomor_pendaftaran"),
        OBJECTION: (DISPUTE, "nomor_keberatan", "nomor_registrasi"),
    }[case.procedure]
    keys = set(Case.objects.filter(procedure=later, starter__case=case).values_list("pk", flat=True))
    keys |= set(cases_with(later, named, case.data.get(number)).values_list("pk", flat=True))
    for each in Case.objects.filter(pk__in=keys).select_related("sop").order_by("opened_at", "pk"):
        if each.starter_id is None and not _same_applicant(case, each):
            continue
        yield each
        yield from _following(each)


@tells(REQUEST)
def of_request(asked: Asked) -> Told:
    """Tell of a request: from when it counts, by when it is answered, and when its applicant may object."""
    values = asked.values
    start, limit = values.get("tanggal_awal_jangka"), values.get("batas_aktif")
    if start is None or limit is None:
        return Told(rights=tuple(_to_complete(asked)))
    days = [_start(asked, start), _notice_day(asked, start, values["batas_pemberitahuan"])]
    if limit != values["batas_pemberitahuan"]:
        days.append(_extension_day(asked, start, limit))
    answered = values.get("tanggal_pemberitahuan")
    if answered:
        days.append(CountedDay("Jawaban dikirim", answered, _taken(asked, start, answered)))
    right = _after_answer(asked, answered) if answered else _after_silence(asked, limit)
    rights = (right,) if _may_object(asked.case) else ()
    return Told(tuple(days), rights, str(values.get("nomor_pendaftaran") or ""))


def _to_complete(asked: Asked) -> Iterator[Right]:
    """Yield that something is missing, what, and until when it may be sent."""
    item = asked.case.work_items.filter(step="lengkapi", state=WorkItem.State.OPEN).first()
    procedure = definition(asked.case)
    clock = next((each for each in procedure.clocks if each.id == "melengkapi"), None)
    if item is None or item.timeout_at is None or clock is None:
        return
    labels = procedure.fields["kekurangan"].choices or {}
    missing = "; ".join(labels.get(each, each) for each in asked.values.get("kekurangan") or ())
    text = f"Yang kurang: {missing}. {clock.silence}."
    since, until = local_day(item.opened_at), local_day(item.timeout_at)
    yield Right("lengkapi", procedure.step("lengkapi").activity, text, since, until, clock.source)


def _start(asked: Asked, start: date) -> CountedDay:
    came = asked.values.get("tanggal_dilengkapi") or asked.values.get("waktu_terima")
    why = "Hari unsur terakhir permohonan Anda kami terima; hari ini sendiri tidak dihitung."
    if came and local_day(came) != start:
        why = f"Diterima {worded_moment(came)}, di luar jam kerja; dianggap diterima pada hari kerja berikutnya."
    return CountedDay("Awal jangka waktu", start, why, "UU 14/2008 Pasal 22 ayat (7)")


def _notice_day(asked: Asked, start: date, limit: date) -> CountedDay:
    return _counted(asked.calendar, "Batas jawaban tertulis", "pemberitahuan", start, limit)


def _extension_day(asked: Asked, start: date, limit: date) -> CountedDay:
    told = asked.values.get("tanggal_perpanjangan")
    if read_as("perpanjangan", "sejak_pemberitahuan") and told:
        why = counted(asked.calendar, told, workdays("perpanjangan"), limit)
    else:
        why = counted(asked.calendar, start, workdays("pemberitahuan") + workdays("perpanjangan"), limit)
    return CountedDay("Batas setelah diperpanjang satu kali", limit, why, READINGS["perpanjangan"].dasar)


def _taken(asked: Asked, start: date, answered: date) -> str:
    return f"Hari kerja ke-{asked.calendar.workdays_between(start, answered)}."


def _after_silence(asked: Asked, limit: date) -> Right:
    until = asked.calendar.add_workdays(limit, workdays("pengajuan-keberatan"))
    return Right(
        id="diam",
        title="Ajukan keberatan karena tidak dijawab",
        text=(
            f"Sampai {worded_moment(limit)} belum ada jawaban tertulis. Diam bukan penolakan dan bukan persetujuan: permohonan"
            " tetap wajib dijawab, dan Anda boleh mengajukan keberatan dengan alasan c. "
            + counted(asked.calendar, limit, workdays("pengajuan-keberatan"), until)
        ),
        since=limit + timedelta(days=1),
        until=until,
        article="UU 14/2008 Pasal 35 ayat (1) huruf c dan Pasal 36 ayat (1)",
        form=OBJECTION,
        values=objection_values(asked.values, ["c"], limit),
    )


def _after_answer(asked: Asked, answered: date) -> Right:
    until = asked.calendar.add_workdays(answered, workdays("pengajuan-keberatan"))
    grounds = {"ditolak": ["a"], "diberikan_sebagian": ["d"], "tidak_dikuasai": ["e"]}.get(
        asked.values.get("keputusan") or "", []
    )
    late = ["g"] if asked.values.get("tepat_waktu") is False else []
    waits = asked.case.work_items.filter(step="tanggapan", state=WorkItem.State.OPEN).exists()
    how = " Pilih Keberatan pada pertanyaan di halaman ini." if waits else ""
    return Right(
        id="jawaban",
        title="Ajukan keberatan atas jawaban",
        text=f"Bila jawaban tidak memuaskan Anda.{how} "
        + counted(asked.calendar, answered, workdays("pengajuan-keberatan"), until),
        since=answered,
        until=until,
        article="UU 14/2008 Pasal 35 dan Pasal 36 ayat (1)",
        form="" if waits else OBJECTION,
        values=objection_values(asked.values, [*grounds, *late], answered),
    )


def objection_values(request: Any, grounds: list[str], found_on: date) -> dict[str, Any]:
    """Return what the form of an objection opens with, from the values of its request."""
    same = (
        "tujuan_penggunaan",
        "nama",
        "nik",
        "alamat",
        "pekerjaan",
        "telepon",
        "email",
        "dikuasakan",
        "nama_kuasa",
    )
    return {
        "nomor_pendaftaran_permohonan": request.get("nomor_pendaftaran"),
        "informasi_diminta": request.get("rincian_informasi"),
        **{name: request.get(name) for name in same},
        "alasan": grounds,
        "tanggal_alasan_ditemukan": found_on,
    }


def _may_object(case: Case) -> bool:
    """Return whether no objection runs already, and the applicant has not said yet what he thinks of the answer."""
    if any(each.procedure == OBJECTION for each in _following(case)):
        return False
    return not case.work_items.filter(step="tanggapan", state__in=_TAKEN).exists()


@tells(OBJECTION)
def of_objection(asked: Asked) -> Told:
    """Tell of an objection: whether it was in time, by when it is answered, and the way to the commission."""
    values, calendar = asked.values, asked.calendar
    received, limit = values.get("tanggal_terima"), values.get("batas_tanggapan")
    if received is None or limit is None:
        return Told(rights=tuple(_to_complete(asked)))
    found = values["tanggal_alasan_ditemukan"]
    days = [
        _counted(
            calendar, "Batas mengajukan keberatan", "pengajuan-keberatan", found, values["batas_pengajuan"]
        ),
        CountedDay(
            "Keberatan diterima lengkap",
            received,
            "Hari ini sendiri tidak dihitung.",
            "UU 14/2008 Pasal 36 ayat (2)",
        ),
        _counted(calendar, "Batas tanggapan Atasan PPID", "tanggapan-keberatan", received, limit),
    ]
    answered = values.get("tanggal_tanggapan_diterima")
    start = answered or limit
    until = calendar.add_workdays(start, workdays("pengajuan-sengketa"))
    days.append(
        CountedDay(
            "Batas ke Komisi Informasi", until, counted(calendar, start, workdays("pengajuan-sengketa"), until),
            LIMITS["pengajuan-sengketa"].dasar, own=True,
        )
    )  # fmt: skip
    said = (
        "Bila tanggapan Atasan PPID tidak memuaskan Anda"
        if answered
        else f"Sampai {worded_moment(limit)} Atasan PPID tidak menanggapi"
    )
    text = (
        f"{said}, Anda dapat meminta Komisi Informasi Provinsi Banten menyelesaikan sengketa. Bawa salinan permohonan, salinan"
        " keberatan ini, tanggapan (bila ada), dan bukti identitas; pengajuannya tidak dipungut biaya."
    )
    to_commission = Right(
        "komisi", "Bawa ke Komisi Informasi", text, start if answered else limit + timedelta(days=1), until,
        LIMITS["pengajuan-sengketa"].dasar,
    )  # fmt: skip
    disputed = any(each.procedure == DISPUTE for each in _following(asked.case))
    settled = values.get("sikap_pemohon") == "menerima"
    return Told(
        tuple(days),
        () if disputed or settled else (to_commission,),
        str(values.get("nomor_registrasi") or ""),
    )


@tells(DISPUTE)
def of_dispute(asked: Asked) -> Told:
    """Tell of a dispute: the days of the commission, of mediation, and until when its ruling may be refused."""
    values, calendar = asked.values, asked.calendar
    days: list[CountedDay] = []
    if (start := values.get("tanggal_tanggapan_diterima") or values.get("batas_tanggapan")) and values.get(
        "batas_permohonan"
    ):
        days.append(
            _counted(
                calendar, "Batas ke Komisi Informasi", "pengajuan-sengketa", start, values["batas_permohonan"]
            )
        )
    if (registered := values.get("tanggal_registrasi")) and values.get("batas_mulai"):
        days.append(
            _counted(
                calendar,
                "Komisi Informasi mulai memeriksa",
                "mulai-sengketa",
                registered,
                values["batas_mulai"],
            )
        )
    if (hearing := values.get("tanggal_sidang")) and values.get("batas_selesai"):
        since = registered if read_as("penyelesaian", "registrasi") and registered else local(hearing).date()
        days.append(
            _counted(calendar, "Sengketa diselesaikan", "selesai-sengketa", since, values["batas_selesai"])
        )
    if (first := values.get("tanggal_mediasi")) and values.get("batas_mediasi"):
        more = workdays("perpanjangan-mediasi") if values.get("mediasi_diperpanjang") else 0
        why = counted(calendar, first, workdays("mediasi") + more, values["batas_mediasi"])
        days.append(CountedDay("Mediasi berakhir", values["batas_mediasi"], why, LIMITS["mediasi"].dasar))
    if until := values.get("batas_upaya_pemohon"):
        received = values.get("tanggal_putusan_diterima_pemohon") or values["tanggal_putusan_diterima"]
        days.append(_counted(calendar, "Batas menggugat putusan", "upaya-hukum", received, until, own=True))
    if final := values.get("tanggal_berkekuatan_tetap"):
        days.append(CountedDay("Putusan berkekuatan hukum tetap", final, "", LIMITS["upaya-hukum"].dasar))
    if due := values.get("batas_pelaksanaan"):
        days.append(
            CountedDay(
                "Informasi paling lambat diberikan",
                due,
                "Menurut amar putusan; bila amar tidak menyebut, baku kantor.",
                LIMITS["pelaksanaan-putusan"].dasar,
            )
        )
    return Told(tuple(days), tuple(_suit(asked)), str(values.get("nomor_sengketa") or ""))


def _suit(asked: Asked) -> Iterator[Right]:
    values = asked.values
    if (until := values.get("batas_upaya_pemohon")) and not values.get("nomor_perkara"):
        received = values.get("tanggal_putusan_diterima_pemohon") or values["tanggal_putusan_diterima"]
        text = (
            "Bila Anda tidak menerima putusan Komisi Informasi, gugatan diajukan secara tertulis ke Pengadilan Tata Usaha"
            " Negara Serang."
        )
        yield Right("gugat", "Menggugat putusan", text, received, until, LIMITS["upaya-hukum"].dasar)


def _counted(
    calendar: WorkCalendar, title: str, limit: str, start: date, end: date, *, own: bool = False
) -> CountedDay:
    return CountedDay(
        title, end, counted(calendar, start, workdays(limit), end), LIMITS[limit].dasar, own=own
    )


def counted(calendar: WorkCalendar, start: date, days: int, end: date) -> str:
    """Return in words how a limit was counted, with the days off between that were left out."""
    off = [
        f"{worded_moment(day)} ({name})"
        for day, name in sorted(calendar.holidays.items())
        if start < day <= end and day.weekday() < 5
    ]
    left_out = f" Hari libur yang tidak dihitung: {'; '.join(off)}." if off else ""
    return f"{days} hari kerja sesudah {worded_moment(start)}, sampai {worded_moment(end)}.{left_out}"
