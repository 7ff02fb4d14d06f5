"""Who sits at which desk: worked cases, and what holds in any office."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laksana.people.desks import Members, Office, Post, Seat, Title, split

KADIS, SEKRETARIS, KABID, STAFF, CLERK = 1, 2, 3, 4, 5

UNITS = {"dinas": None, "sekretariat": "dinas", "bidang": "dinas", "tim": "bidang"}
POSTS = {
    "kadis": Post("Kepala Dinas", "dinas", "sekda", heads=True),
    "sekda": Post("Sekretaris Daerah", "setda", None, heads=True),
    "sekretaris": Post("Sekretaris", "sekretariat", "kadis", heads=True),
    "kabid": Post("Kepala Bidang", "bidang", "kadis", heads=True),
    "statistisi": Post("Statistisi", "bidang", "kabid"),
    "arsiparis": Post("Arsiparis", "sekretariat", "sekretaris"),
    "bendahara": Post("Bendahara", "sekretariat", "kadis", duty=True),
}
OFFICE = Office(
    units=UNITS,
    posts=POSTS,
    staff={KADIS: "dinas", SEKRETARIS: "sekretariat", KABID: "bidang", STAFF: "tim", CLERK: "sekretariat"},
    seats=(
        Seat(KADIS, "kadis"),
        Seat(SEKRETARIS, "sekretaris"),
        Seat(KABID, "kabid"),
        Seat(STAFF, "statistisi"),
        Seat(CLERK, "arsiparis"),
        Seat(STAFF, "bendahara"),
    ),
    groups={"tim-sop": Members(frozenset({CLERK}), ("kabid",)), "kosong": Members()},
)


def with_seats(*seats: Seat, away: frozenset[int] = frozenset()) -> Office:
    """The office with further seats, and people away."""
    return replace(OFFICE, seats=OFFICE.seats + seats, away=away)


def test_a_holder_who_is_there_sits_at_his_position_in_his_own_right() -> None:
    assert OFFICE.holders("position:kabid") == (KABID,)
    assert OFFICE.acting(KABID, "position:kabid") is None


def test_the_position_of_an_absent_holder_goes_to_his_plh() -> None:
    office = with_seats(Seat(SEKRETARIS, "kadis", Title.PLH), away=frozenset({KADIS}))
    assert office.holders("position:kadis") == (SEKRETARIS,)
    assert office.acting(SEKRETARIS, "position:kadis") == Seat(SEKRETARIS, "kadis", Title.PLH)
    assert office.replaced("position:kadis") == (KADIS,)
    assert office.desks_of(KADIS) == {"person:1"}


def test_without_a_plh_the_position_goes_up_and_never_down() -> None:
    office = with_seats(away=frozenset({KABID}))
    assert office.holders("position:kabid") == (KADIS,)
    assert office.acting(KADIS, "position:kabid") is None
    assert with_seats(away=frozenset({KABID, KADIS})).holders("position:kabid") == ()


def test_a_plh_does_not_count_while_the_holder_is_there() -> None:
    office = with_seats(Seat(SEKRETARIS, "kadis", Title.PLH))
    assert office.holders("position:kadis") == (KADIS,)
    assert office.replaced("position:kadis") == ()


def test_a_plt_counts_before_a_plh_and_a_plh_only_when_the_plt_is_away() -> None:
    vacant = replace(OFFICE, seats=tuple(seat for seat in OFFICE.seats if seat.post != "kabid"))
    acting = (Seat(STAFF, "kabid", Title.PLH), Seat(SEKRETARIS, "kabid", Title.PLT))
    both = replace(vacant, seats=vacant.seats + acting)
    assert both.holders("position:kabid") == (SEKRETARIS,)
    assert both.replaced("position:kabid") == ()
    assert replace(both, away=frozenset({SEKRETARIS})).holders("position:kabid") == (STAFF,)


def test_an_absent_plh_leaves_the_position_to_the_superior() -> None:
    office = with_seats(Seat(STAFF, "kabid", Title.PLH), away=frozenset({KABID, STAFF}))
    assert office.holders("position:kabid") == (KADIS,)


def test_the_superior_of_staff_is_whoever_has_the_position_above_today() -> None:
    assert OFFICE.superior_of(STAFF) == KABID
    plh = with_seats(Seat(CLERK, "kabid", Title.PLH), away=frozenset({KABID}))
    assert plh.superior_of(STAFF) == CLERK
    assert "superior:4" in plh.desks_of(CLERK)


def test_who_acts_for_his_superior_has_the_next_one_above_as_superior() -> None:
    office = with_seats(Seat(STAFF, "kabid", Title.PLH), away=frozenset({KABID}))
    assert office.superior_of(STAFF) == KADIS


def test_the_head_of_the_office_has_no_superior_in_it() -> None:
    assert OFFICE.superior_of(KADIS) is None
    assert OFFICE.holders("superior:1") == ()


def test_who_has_no_position_is_below_the_head_of_his_unit() -> None:
    office = replace(OFFICE, staff={**OFFICE.staff, 6: "tim"})
    assert office.superior_of(6) == KABID
    assert 6 in office.subordinates_of(KABID)


def test_an_additional_duty_makes_nobody_a_subordinate_nor_changes_his_superior() -> None:
    assert OFFICE.superior_of(STAFF) == KABID
    assert OFFICE.subordinates_of(SEKRETARIS) == {CLERK}
    assert OFFICE.holders("position:bendahara") == (STAFF,)


def test_a_unit_without_a_head_has_the_head_of_the_unit_above() -> None:
    assert OFFICE.holders("head:tim") == (KABID,)
    assert OFFICE.holders("head:dinas") == (KADIS,)


def test_anybody_of_a_unit_and_of_the_units_within_sits_at_its_desk() -> None:
    assert set(OFFICE.holders("unit:bidang")) == {KABID, STAFF}
    assert set(OFFICE.holders("unit:dinas")) == set(OFFICE.staff)
    assert with_seats(away=frozenset({KABID, STAFF})).holders("unit:bidang") == (KADIS,)


def test_to_a_group_belong_people_and_holders_of_positions_by_their_plh_when_away() -> None:
    assert set(OFFICE.holders("group:tim-sop")) == {CLERK, KABID}
    plh = with_seats(Seat(STAFF, "kabid", Title.PLH), away=frozenset({KABID}))
    assert set(plh.holders("group:tim-sop")) == {CLERK, STAFF}


def test_for_a_group_of_which_nobody_is_there_the_superiors_answer() -> None:
    office = with_seats(away=frozenset({KABID, CLERK}))
    assert set(office.holders("group:tim-sop")) == {SEKRETARIS, KADIS}
    assert office.holders("group:kosong") == ()


def test_work_passes_down_only() -> None:
    assert OFFICE.may_dispose_to(KADIS, "position:statistisi")
    assert OFFICE.may_dispose_to(KADIS, "person:4")
    assert OFFICE.may_dispose_to(KABID, "person:4")
    assert OFFICE.may_dispose_to(KABID, "unit:bidang")
    assert OFFICE.may_dispose_to(KADIS, "head:bidang")
    assert OFFICE.may_dispose_to(KADIS, "group:tim-sop")
    for desk in ("position:kadis", "position:kabid", "person:3", "person:2", "head:bidang", "unit:dinas"):
        assert not OFFICE.may_dispose_to(KABID, desk), desk
    for desk in ("group:tim-sop", "group:kosong", "superior:4", "unit:nowhere", "position:nothing"):
        assert not OFFICE.may_dispose_to(KABID, desk), desk


def test_a_plh_may_pass_work_to_everybody_below_the_one_he_acts_for() -> None:
    office = with_seats(Seat(SEKRETARIS, "kadis", Title.PLH), away=frozenset({KADIS}))
    assert office.may_dispose_to(SEKRETARIS, "position:kabid")
    assert not OFFICE.may_dispose_to(SEKRETARIS, "position:kabid")


@pytest.mark.parametrize("key", ["", "kabid", "position:", "person:x", "superior:kabid", "room:1", "system"])
def test_what_is_no_desk_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is no desk"):
        split(key)


def test_nobody_sits_at_a_desk_that_does_not_exist() -> None:
    for desk in ("person:99", "position:x", "unit:x", "group:x", "head:x", "superior:99"):
        assert OFFICE.holders(desk) == ()


CODES = [f"p{number}" for number in range(7)]


@st.composite
def offices(draw: st.DrawFn) -> Office:
    """Any office: a tree of units, a tree of positions, people with and without positions, some away."""
    units: dict[str, str | None] = {}
    for number in range(draw(st.integers(1, 4))):
        units[f"u{number}"] = draw(st.sampled_from([None, *units])) if units else None
    posts: dict[str, Post] = {}
    headed: set[str] = set()
    for code in CODES[: draw(st.integers(1, len(CODES)))]:
        unit = draw(st.sampled_from(sorted(units)))
        heads = unit not in headed and draw(st.booleans())
        headed |= {unit} if heads else set()
        superior = draw(st.sampled_from([None, *posts])) if posts else None
        posts[code] = Post(code, unit, superior, heads=heads, duty=draw(st.booleans()))
    staff = {person: draw(st.sampled_from(sorted(units))) for person in range(1, draw(st.integers(2, 7)))}
    people = st.sampled_from(sorted(staff))
    seats: list[Seat] = []
    with_own: set[int] = set()
    for seat in draw(
        st.lists(
            st.builds(Seat, people, st.sampled_from(sorted(posts)), st.sampled_from(Title)),
            max_size=9,
            unique_by=lambda seat: (seat.person, seat.post),
        )
    ):
        own = seat.title is Title.DEFINITIVE and not posts[seat.post].duty
        if own and seat.person in with_own:
            continue
        with_own |= {seat.person} if own else set()
        seats.append(seat)
    groups = draw(
        st.dictionaries(
            st.sampled_from(["g1", "g2"]),
            st.builds(
                Members,
                st.frozensets(people, max_size=3),
                st.lists(st.sampled_from(sorted(posts)), max_size=2, unique=True).map(tuple),
            ),
        )
    )
    return Office(units, posts, staff, tuple(seats), draw(st.frozensets(people)), groups)


def chain(office: Office, post: str) -> list[str]:
    """A position and those above it."""
    above = office.posts[post].superior
    return [post, *(chain(office, above) if above else [])]


@given(offices())
def test_whoever_is_away_sits_at_his_own_desk_only(office: Office) -> None:
    for person in office.away:
        assert office.desks_of(person) == {f"person:{person}"}


@given(offices())
def test_a_position_is_answered_for_as_long_as_anybody_up_the_chain_is_there(office: Office) -> None:
    for post in office.posts:
        line = chain(office, post)
        there = {s.post for s in office.seats if s.post in line and s.person not in office.away}
        holders = office.holders(f"position:{post}")
        assert bool(holders) == bool(there)
        if holders:
            lowest = min(there, key=line.index)
            assert all(any(s.person == h and s.post == lowest for s in office.seats) for h in holders)


@given(offices())
def test_desks_of_and_holders_say_the_same(office: Office) -> None:
    desks = (
        [f"position:{post}" for post in office.posts]
        + [f"{kind}:{unit}" for unit in office.units for kind in ("unit", "head")]
        + [f"group:{group}" for group in office.groups]
        + [f"{kind}:{person}" for person in office.staff for kind in ("person", "superior")]
    )
    for person in office.staff:
        assert office.desks_of(person) == {desk for desk in desks if person in office.holders(desk)}


@given(offices())
def test_nobody_is_his_own_superior_or_subordinate_and_both_agree(office: Office) -> None:
    for person in office.staff:
        assert person not in office.subordinates_of(person)
        superior = office.superior_of(person)
        if superior is not None:
            assert superior != person
            assert person in office.subordinates_of(superior)


@given(offices())
def test_work_never_passes_to_a_position_that_is_not_below_the_giver(office: Office) -> None:
    for giver in office.staff:
        for post in office.posts:
            if office.may_dispose_to(giver, f"position:{post}"):
                above = chain(office, post)[1:]
                assert any(giver in office.holders(f"position:{code}") for code in above)


@given(offices(), st.randoms(use_true_random=False))
def test_who_sits_where_does_not_hang_on_the_order_of_the_rows(office: Office, chance: random.Random) -> None:
    shuffled = list(office.seats)
    chance.shuffle(shuffled)
    again = replace(office, seats=tuple(shuffled))
    for person in office.staff:
        assert again.desks_of(person) == office.desks_of(person)
