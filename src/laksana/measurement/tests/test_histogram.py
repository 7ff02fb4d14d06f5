"""Exact percentiles from counts, equal to those of the whole list."""

import statistics

from hypothesis import given
from hypothesis import strategies as st

from laksana.measurement.histogram import Histogram

minutes = st.lists(st.integers(0, 5_000), min_size=2, max_size=200)


def of(values: list[int]) -> Histogram:
    histogram = Histogram()
    for value in values:
        histogram.add(value)
    return histogram


@given(minutes)
def test_the_median_is_that_of_the_list(values: list[int]) -> None:
    assert of(values).quantile(0.5) == statistics.median(values)


@given(minutes)
def test_the_90th_percentile_is_that_of_the_list(values: list[int]) -> None:
    expected = statistics.quantiles(values, n=10, method="inclusive")[8]
    found = of(values).quantile(0.9)
    assert found is not None
    assert abs(found - expected) < 1e-6


def test_of_nothing_there_is_no_percentile() -> None:
    assert Histogram().quantile(0.5) is None


def test_one_measurement_is_every_percentile() -> None:
    assert of([7]).quantile(0.9) == 7
