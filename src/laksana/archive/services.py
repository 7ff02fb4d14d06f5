"""The door of `archive`: berkas by how they stand, holds, and the lists by which they leave."""

from laksana.archive.filing import file_case
from laksana.archive.keeping import appraise, hold, lift, meet_condition
from laksana.archive.lists import carry_out, decide, may_decide, next_approval, propose
from laksana.archive.models import DisposalList, Dossier
from laksana.archive.reading import Counted, Standing, counts, dossiers, found, free
from laksana.archive.report import report_pdf
from laksana.archive.rights import keeps, sees
from laksana.archive.signing import keep_report_scan, may_scan, sign_report, waiting_of

__all__ = [
    "Counted",
    "DisposalList",
    "Dossier",
    "Standing",
    "appraise",
    "carry_out",
    "counts",
    "decide",
    "dossiers",
    "file_case",
    "found",
    "free",
    "hold",
    "keep_report_scan",
    "keeps",
    "lift",
    "may_decide",
    "may_scan",
    "meet_condition",
    "next_approval",
    "propose",
    "report_pdf",
    "sees",
    "sign_report",
    "waiting_of",
]
