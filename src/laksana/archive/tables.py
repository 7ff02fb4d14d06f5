"""What the office says of its archive: codes and retention by procedure, and who decides what."""

from typing import Annotated

from pydantic import AfterValidator

from laksana.archive.retention import period
from laksana.library.tables import Listed, Row, Settings, Table


def _period(text: str) -> str:
    period(text)
    return text


PeriodText = Annotated[str, AfterValidator(_period)]
FATES = ("musnah", "permanen", "dinilai kembali", "")


def _fate(text: str) -> str:
    if text not in FATES:
        raise ValueError("write musnah, permanen or dinilai kembali")
    return text


class ProcedureRow(Row):
    """The archive code of a procedure's berkas, and their retention where it is not that of the code."""

    prosedur: str
    kode: str
    retensi_aktif: PeriodText = ""
    retensi_inaktif: PeriodText = ""
    nasib_akhir: Annotated[str, AfterValidator(_fate)] = ""
    keterangan: str = ""


class AuthorityRow(Row):
    """Which positions keep the archive or approve a kind of list, in order."""

    urusan: str
    jabatan: Listed


PROCEDURES = Table(__file__, "jra-prosedur.csv", ProcedureRow, key="prosedur")
AUTHORITIES = Table(__file__, "wewenang-arsip.csv", AuthorityRow, key="urusan")
figure = Settings(__file__, "ketentuan-arsip.csv")
