"""Jobs of `disclosure`."""

from datetime import datetime

from laksana.disclosure import services
from laksana.jobs.services import job


@job()
def make_blacked_out(*, release_id: int, at: datetime) -> None:
    """Make the new file in which what is marked is gone."""
    services.make(release_id, at)
