"""The only way pages, API and commands reach cases: querysets by what a person may read and do."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from laksana.cases.models import Case, WorkItem


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    """Work items."""
