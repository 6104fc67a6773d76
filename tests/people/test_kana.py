"""Names in the bank's characters: what is brought into form, what is refused and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakadachi.people.kana import BadKana, cut, holder_form, is_katakana, is_zengin_form, katakana, zengin_form


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("やまだ　はなこ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("ヤマダ ハナコ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("ﾔﾏﾀﾞ ﾊﾅｺ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("キャッチャー", "ｷﾔﾂﾁﾔ-"),
        ("ｷｬｯﾁｬｰ", "ｷﾔﾂﾁﾔ-"),
        ("ヴァイオリン", "ｳﾞｱｲｵﾘﾝ"),
        ("パピプペポ", "ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ"),
        ("か゛き゛", "ｶﾞｷﾞ"),
        ("カ）ナカダチ", "ｶ)ﾅｶﾀﾞﾁ"),
        ("イッパンシャダンホウジン（カ", "ｲﾂﾊﾟﾝｼﾔﾀﾞﾝﾎｳｼﾞﾝ(ｶ"),
        ("Ｙａｍａｄａ　Ｌｔｄ．", "YAMADA LTD."),
        ("ヵヶヮ", "ｶｹﾜ"),
        ("  ヤマダ   ハナコ ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("Ａ−１‐２", "A-1-2"),
    ],
)
def test_what_people_type_becomes_what_the_bank_prints(typed, printed):
    assert holder_form(typed) == printed
    assert is_zengin_form(printed)


@pytest.mark.parametrize(
    ("typed", "code", "character"),
    [
        ("", "empty", ""),
        (" 　", "empty", ""),
        ("山田", "kanji", "山"),
        ("佐々木", "kanji", "佐"),
        ("カブシキガイシャ々", "kanji", "々"),
        ("㈱ナカダチ", "kanji", "株"),
        ("𠮷ダ", "kanji", "𠮷"),
        ("ヲカ", "wo", "ヲ"),
        ("をか", "wo", "ヲ"),
        ("ｦｶ", "wo", "ヲ"),
        ("ヤマダ・ハナコ", "unsupported", "・"),
        ("ヤマダ，ハナコ", "unsupported", ","),
        ("ヤマダ😀", "unsupported", "😀"),
        ("<b>", "unsupported", "<"),
        ("ア゛", "unsupported", "ﾞ"),
        ("゛", "unsupported", "ﾞ"),
        ("ヰ", "unsupported", "ヰ"),
        ("ヤマダ\x00", "unsupported", "\x00"),
        ("ガ" * 16, "too_long", ""),
        ("山" * 301, "too_long", ""),
    ],
)
def test_what_a_bank_would_not_print_is_refused_by_name(typed, code, character):
    with pytest.raises(BadKana) as caught:
        holder_form(typed)
    assert (caught.value.code, caught.value.character) == (code, character)


def test_thirty_half_width_characters_are_the_limit_and_marks_count():
    assert len(holder_form("ガ" * 15)) == 30


@given(st.text(max_size=60))
def test_whatever_comes_out_is_accepted_by_banks_and_stays_as_it_is(text):
    try:
        printed = zengin_form(text)
    except BadKana:
        return
    assert is_zengin_form(printed)
    assert zengin_form(printed) == printed


@given(st.lists(st.sampled_from(["ｱ", "ｶﾞ", "ﾊﾟ", "A"]), max_size=20), st.integers(0, 15))
def test_a_cut_never_separates_a_kana_from_its_mark(parts, length):
    kept = cut("".join(parts), length)
    assert len(kept) <= length
    assert is_zengin_form(kept)
    assert not "".join(parts)[len(kept) :].startswith(("ﾞ", "ﾟ"))


def test_readings():
    assert katakana("はなこ ﾔﾏﾀﾞ") == "ハナコ ヤマダ"
    assert is_katakana("ハナコ")
    assert not is_katakana("花子")
    assert not is_katakana("")
