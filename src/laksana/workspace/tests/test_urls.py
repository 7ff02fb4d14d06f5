"""The addresses of the workspace: a name leads to one page, or a link would lead to another."""

from collections import Counter

from laksana.workspace.urls import urlpatterns


def test_no_two_pages_share_a_name() -> None:
    names = Counter(str(pattern.name) for pattern in urlpatterns)
    assert [name for name, pages in names.items() if pages > 1] == []
