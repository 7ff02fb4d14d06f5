"""What can be done with cases. Each action is one transaction and is called alike by web, API, command line and worker.

An action names the work item and the revision that the person saw, and may carry a key: sent twice, it
happens once; raced, one wins and the other is told who was first. Every action that is not done raises a
subclass of `laksana.cases.errors.Refused`, having changed nothing.
"""

from laksana.cases.actions.attach import attach
from laksana.cases.actions.attach_paper import attach_paper
from laksana.cases.actions.attach_signed import attach_signed
from laksana.cases.actions.cancel import cancel
from laksana.cases.actions.claim import claim
from laksana.cases.actions.comment import comment
from laksana.cases.actions.complete import complete
from laksana.cases.actions.delegate import delegate
from laksana.cases.actions.destroy_files import destroy_files
from laksana.cases.actions.extend_clock import extend_clock
from laksana.cases.actions.migrate import migrate, preview_migration
from laksana.cases.actions.open_known import open_known
from laksana.cases.actions.pause_clock import pause_clock
from laksana.cases.actions.recall import recall
from laksana.cases.actions.record_beside import record_beside
from laksana.cases.actions.record_row import record_row
from laksana.cases.actions.release import release
from laksana.cases.actions.resume_clock import resume_clock
from laksana.cases.actions.retract_comment import retract_comment
from laksana.cases.actions.start import start
from laksana.cases.actions.submit import answer, submit
from laksana.cases.actions.time_out import time_out
from laksana.cases.actions.withdraw import withdraw

__all__ = [
    "answer",
    "attach",
    "attach_paper",
    "attach_signed",
    "cancel",
    "claim",
    "comment",
    "complete",
    "delegate",
    "destroy_files",
    "extend_clock",
    "migrate",
    "open_known",
    "pause_clock",
    "preview_migration",
    "recall",
    "record_beside",
    "record_row",
    "release",
    "resume_clock",
    "retract_comment",
    "start",
    "submit",
    "time_out",
    "withdraw",
]
