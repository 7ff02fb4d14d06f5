"""`laksana bench-pages`: it finds the pages by their links, and fails where one takes too long."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from laksana.cases.tests.conftest import Desk, begin, office
from laksana.site.bench.pages import p95
from laksana.site.commands.bench_pages import command
from laksana.workspace.tests.conftest import Browser, at, browser

__all__ = ["at", "begin", "browser", "office"]


@pytest.fixture
def desk(begin: Callable[..., Desk], browser: Browser) -> Desk:
    """A case, and an account of who began it."""
    browser("staf")
    return begin(steps=[{"id": "isi"}, {"id": "akhir", "then": "selesai"}])


def test_95_of_100_do_not_exceed_it() -> None:
    assert p95(range(1, 101)) == 95
    assert p95([7.0]) == 7
    assert p95([1.0, 9.0]) == 9


def test_pages_are_found_by_their_links_and_measured(desk: Desk) -> None:
    done = CliRunner().invoke(command, ["--as", "staf", "--rounds", "2", "--limit", "60000", "--json"])
    assert done.exit_code == 0, done.output
    kinds = {kind["page"]: kind for kind in json.loads(done.output)}
    assert {"workspace:inbox", "workspace:case", "workspace:step", "portal:home"} <= set(kinds)
    assert all(kind["requests"] == 2 * kind["opened"] and kind["by"] == ["staf"] for kind in kinds.values())
    assert kinds["workspace:inbox"]["queries"] > 0


def test_it_fails_over_the_limit_and_for_whom_nobody_knows(desk: Desk) -> None:
    slow = CliRunner().invoke(command, ["--as", "staf", "--rounds", "1", "--limit", "0"])
    assert slow.exit_code == 1
    assert "workspace:inbox" in slow.output
    unknown = CliRunner().invoke(command, ["--as", "tidak-ada"])
    assert unknown.exit_code == 2
    assert "tidak-ada" in unknown.output
