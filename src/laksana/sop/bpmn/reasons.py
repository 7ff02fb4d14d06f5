"""Why an SOP does not hold an element of BPMN, in the words of those who write SOPs."""

from laksana.sop.message import Message
from laksana.sop.message import message as _

NO_PLACE = _("An SOP has no place for this.")
_PAPERS = _("Papers and data are said in needs, gives and fields; no step that was taken uses this one.")
_UNDOES = _("An SOP undoes nothing by itself.")
_TECHNICAL = _("It serves the computer that runs a process; an SOP has no place for it.")

WHY: dict[str, Message] = {
    "participant": _("Another pool, which exchanges no message with the process that was taken."),
    "messageFlow": _("It ties no step that was taken to another pool."),
    "message": _("No step that was taken receives or sends it."),
    **dict.fromkeys(
        ("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"),
        _("No step that was taken calls it."),
    ),
    **dict.fromkeys(("error", "escalation", "signal"), _("No event that was taken names it.")),
    "process": _(
        "An SOP holds one process; this one is beside it. Name it with --process to take it instead."
    ),
    "dataObject": _PAPERS,
    "dataObjectReference": _PAPERS,
    "dataStoreReference": _PAPERS,
    "dataStore": _PAPERS,
    "dataInput": _PAPERS,
    "dataOutput": _PAPERS,
    "property": _PAPERS,
    "ioSpecification": _PAPERS,
    "dataInputAssociation": _PAPERS,
    "dataOutputAssociation": _PAPERS,
    "group": _("A frame around steps has no meaning in an SOP."),
    "category": _("A frame around steps has no meaning in an SOP."),
    "association": _("It ties no note and no paper to a step that was taken."),
    "resource": _("No step that was taken is done by it."),
    "potentialOwner": _("Who does it is said by the lane."),
    "humanPerformer": _("Who does it is said by the lane."),
    "performer": _("Who does it is said by the lane."),
    "resourceRole": _("Who does it is said by the lane."),
    "messageEventDefinition": _("An SOP neither waits for a message nor sends one; say it as a step."),
    "timerEventDefinition": _("An SOP knows time only as the time-out of a step."),
    "signalEventDefinition": _("An SOP neither waits for a signal nor sends one; say it as a step."),
    "conditionalEventDefinition": _("An SOP does not wait for a condition; say it as a decision."),
    "linkEventDefinition": _("A link is kept where it stands between steps."),
    "errorEventDefinition": _("An error has no meaning in an SOP; say it as an outcome."),
    "escalationEventDefinition": _("An escalation has no meaning in an SOP; say it as a step."),
    "compensateEventDefinition": _UNDOES,
    "cancelEventDefinition": _UNDOES,
    "itemDefinition": _TECHNICAL,
    "documentation": _("Only the process and its steps have notes; these words are not kept."),
    "import": _TECHNICAL,
    "interface": _TECHNICAL,
    "endPoint": _TECHNICAL,
    "script": _TECHNICAL,
    "rendering": _TECHNICAL,
    "resourceAssignmentExpression": _TECHNICAL,
    "correlationProperty": _TECHNICAL,
    "auditing": _TECHNICAL,
    "monitoring": _TECHNICAL,
    "choreography": _(
        "A choreography says what pools tell each other, not what is done; an SOP has no place for it."
    ),
}
"""Kind of element -> why it is left, where it was not taken."""
