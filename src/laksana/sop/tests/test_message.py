"""Sentences that are translated by whoever shows them."""

from laksana.sop.message import message

INDONESIAN = {"At most %(limit)s rows.": "Paling banyak %(limit)s baris.", "100% sure": "100% yakin"}


def test_a_message_reads_in_english_by_itself() -> None:
    assert str(message("At most %(limit)s rows.", limit=5)) == "At most 5 rows."


def test_a_message_takes_its_placeholders_into_another_language() -> None:
    assert (
        message("At most %(limit)s rows.", limit=5).in_language(INDONESIAN.__getitem__)
        == "Paling banyak 5 baris."
    )


def test_a_sentence_without_placeholders_may_hold_a_percent_sign() -> None:
    assert message("100% sure").in_language(INDONESIAN.__getitem__) == "100% yakin"


def test_equal_messages_are_one_in_a_set() -> None:
    assert len({message("a %(b)s", b=1), message("a %(b)s", b="1")}) == 1


def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    words = {"For one row: %(what)s": "Untuk satu baris: %(what)s", "Choose one.": "Pilih satu."}
    whole = message("For one row: %(what)s", what=message("Choose one."))
    assert str(whole) == "For one row: Choose one."
    assert whole.in_language(words.__getitem__) == "Untuk satu baris: Pilih satu."
