"""When the columnar engine gives up: answers that are hardly ever asked for twice."""

from __future__ import annotations

from conform.explore.columns.paying import FIRST_BLOCK, Balance


def test_blocks_grow_while_it_pays() -> None:
    balance = Balance(share=24)
    assert balance.still_pays(8_000, 1_000)
    assert balance.still_pays(24_000, 2_000)
    assert balance.still_pays(124_000, 2_500)
    assert balance.block == FIRST_BLOCK * 8


def test_first_block_alone_may_show_that_it_does_not_pay() -> None:
    assert not Balance(share=24).still_pays(8_000, 7_000)


def test_first_block_may_need_half_as_many_questions_again_and_the_second_more() -> None:
    balance = Balance(share=24)
    assert balance.still_pays(15_000, 10_000), "nearly all is new at the beginning"
    assert not balance.still_pays(19_900, 11_000)


def test_one_bad_block_is_forgiven_and_two_in_a_row_are_not() -> None:
    balance = Balance(share=24)
    assert balance.still_pays(1_000, 100)
    assert balance.still_pays(2_000, 200)
    assert balance.still_pays(3_000, 300)
    assert balance.still_pays(13_000, 400)
    assert balance.still_pays(14_000, 500)
    assert not balance.still_pays(15_000, 600)


def test_counts_may_begin_anew() -> None:
    balance = Balance(share=3)
    assert balance.still_pays(10_000, 1_000)
    balance.restart()
    assert balance.still_pays(10_000, 1_000)
    assert balance.still_pays(20_000, 3_000)


def test_a_search_that_is_dear_to_begin_anew_is_judged_as_a_whole() -> None:
    balance = Balance(24)
    assert balance.still_pays_on_the_whole(10_000, 19_999), "too early to tell"
    assert balance.still_pays_on_the_whole(24 * 30_000, 30_000)
    assert balance.still_pays_on_the_whole(24 * 30_000 + 24, 30_001), "a narrow last level"
    assert not balance.still_pays_on_the_whole(20 * 30_000, 30_000)
