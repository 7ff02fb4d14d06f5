"""The demonstration office shows work on every desk that an ordinary letter meets, whatever the day."""

from datetime import UTC, datetime

import pytest

from laksana.cases.models import WorkItem
from laksana.library import services as library
from laksana.people.services import install_office
from laksana.site.demonstration import furnish
from laksana.worktime import services as worktime


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 24, 12, tzinfo=UTC),
        datetime(2026, 11, 22, 1, tzinfo=UTC),
        datetime(2027, 3, 1, 2, tzinfo=UTC),
    ],
    ids=["in the evening", "on a Sunday", "in the morning of a Monday"],
)
def test_every_desk_has_a_letter(at: datetime) -> None:
    worktime.seed(at)
    install_office()
    library.install()
    furnish(at, lambda _said: None)
    waiting = set(WorkItem.objects.filter(state="terbuka").values_list("step", flat=True))
    assert waiting >= {"agenda", "verifikasi", "telaah", "disposisi", "terima-disposisi", "tindak-lanjut"}
