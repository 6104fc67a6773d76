"""What a search finds, and, just as much, what it does not."""

from dataclasses import replace
from datetime import date

import pytest

from nakadachi.search.models import JobIndex
from nakadachi.search.queries import JobQuery, find
from tests.search.conftest import ON

pytestmark = pytest.mark.django_db


def titles(keyword: str = "", **query) -> list[str]:
    return [job.title for job in find(JobQuery(keyword=keyword, **query), on=ON).rows]


@pytest.fixture
def market(post):
    post("歯科医院のホームページ制作", "院内の写真があります。", category="web")
    post("ＥＣサイトの商品説明文のリライト", "生活雑貨の商品説明を、文章へ書き直してください。")
    post("動画編集者を探しています", "YouTube向けの動画を編集してください。C++は不要です。", category="video")
    post("サーバー構築の見積もり", "クラウドの構成を決めます。", category="development")
    post("東京都内での取材記事", "インタビューをお願いします。")


@pytest.mark.parametrize(
    ("keyword", "found"),
    [
        ("歯科", "歯科医院のホームページ制作"),
        ("医院", "歯科医院のホームページ制作"),
        ("歯科医", "歯科医院のホームページ制作"),
        ("科医院の", "歯科医院のホームページ制作"),
        ("商品", "ＥＣサイトの商品説明文のリライト"),
        ("商品説明 リライト", "ＥＣサイトの商品説明文のリライト"),
        ("商品説明　リライト", "ＥＣサイトの商品説明文のリライト"),
        ("EC", "ＥＣサイトの商品説明文のリライト"),
        ("ｅｃサイト", "ＥＣサイトの商品説明文のリライト"),
        ("ﾘﾗｲﾄ", "ＥＣサイトの商品説明文のリライト"),
        ("動画編集", "動画編集者を探しています"),
        ("動画を編集", "動画編集者を探しています"),
        ("youtube", "動画編集者を探しています"),
        ("ＹｏｕＴｕｂｅ", "動画編集者を探しています"),
        ("c++", "動画編集者を探しています"),
        ("サーバ", "サーバー構築の見積もり"),
        ("ｻｰﾊﾞｰ", "サーバー構築の見積もり"),
        ("見積", "サーバー構築の見積もり"),
        ("東京", "東京都内での取材記事"),
        ("取材記事", "東京都内での取材記事"),
        ("書き直す", "ＥＣサイトの商品説明文のリライト"),
    ],
)
def test_words_of_every_shape_find_their_job_and_no_other(market, keyword, found):
    assert titles(keyword) == [found]


@pytest.mark.parametrize(
    "keyword", ["獣医", "医科", "商品券", "動画配信", "翻訳", "京大", "xyz", "鑫", "歯科 動画", "サバ"]
)
def test_words_that_stand_nowhere_find_nothing(market, keyword):
    assert titles(keyword) == []


def test_a_word_inside_another_is_found_only_when_nothing_has_it_as_a_word(market, post):
    assert titles("京都") == ["東京都内での取材記事"]
    post("京都の観光案内の翻訳")
    assert titles("京都") == ["京都の観光案内の翻訳"]


def test_pairs_that_stand_apart_are_not_a_word(post):
    post("東京と京都の比較", "都庁の話。")
    assert titles("東京都庁") == ["東京と京都の比較"], "wider: both words stand in it"
    post("東京都庁の取材")
    assert titles("東京都庁") == ["東京都庁の取材"], "all three pairs stand in the other too, the word does not"


@pytest.mark.parametrize(
    "keyword",
    [
        "%",
        "_",
        "%%%",
        "___",
        "'",
        "''--",
        "\\",
        "\\\\",
        "'; DROP TABLE search_jobindex; --",
        "a' | 'b",
        "!(&|<->)",
        ":*",
        "動画' | '歯科",
        "$1",
        "{}",
        "%s",
        "%(on)s",
        "\x00\x01",
        "\ud800",
        "\u202e\u200b",
        "🍣" * 50,
        "()",
        "<script>",
        "A" * 100,
    ],
)
def test_hostile_words_find_nothing_and_break_nothing(market, keyword):
    everything = titles()
    assert titles(keyword) == ([] if keyword.strip("\x00\x01\ud800\u202e\u200b") else everything)
    assert JobIndex.objects.count() == 5


def test_a_percent_sign_is_a_letter(post):
    post("割引率は100%です")
    post("割引率は100円です")
    assert titles("100%") == ["割引率は100%です"]
    assert titles("%") == ["割引率は100%です"]


def test_a_huge_query_is_cut_and_answered(market):
    assert titles("動画 " * 50_000) == ["動画編集者を探しています"]
    assert titles("あいうえお" * 20_000) == []
    assert titles(" ".join(f"語{n}" for n in range(5_000))) == []


def test_a_huge_posting_is_found_by_its_last_word(post):
    post("長い依頼", "詳しい説明です。" * 3_000 + "最後にオカリナを。")
    assert titles("オカリナ") == ["長い依頼"]


def test_the_category_s_name_finds_its_jobs(post):
    post("家電の紹介", category="writing")
    post("家電の写真", category="video")
    label = str(dict(post("題").__class__._meta.get_field("category").choices)["video"])
    assert titles(label.split("・", maxsplit=1)[0].split("、", maxsplit=1)[0])[-1:] == ["家電の写真"]


def test_filters_narrow(post):
    post("A", category="web", budget_min_yen=5_000, budget_max_yen=10_000, no_experience_ok=True)
    post("B", budget_min_yen=20_000, budget_max_yen=50_000, beginner_welcome=True, char_rate_sen=150)
    post("C", budget_min_yen=100_000, budget_max_yen=100_000, continuing=True, char_rate_sen=80)
    assert titles(category="web") == ["A"]
    assert titles(format="project") == ["C", "B", "A"]
    assert titles(format="task") == []
    assert titles(no_experience_ok=True) == ["A"]
    assert titles(beginner_welcome=True) == ["B"]
    assert titles(continuing=True) == ["C"]
    assert titles(char_rate_min_sen=100) == ["B"]
    assert titles(char_rate_min_sen=80) == ["C", "B"]
    assert titles(min_yen=10_000) == ["C", "B", "A"], "a range that touches the budget fits"
    assert titles(min_yen=10_001) == ["C", "B"]
    assert titles(max_yen=20_000) == ["B", "A"]
    assert titles(max_yen=19_999) == ["A"]
    assert titles(min_yen=60_000, max_yen=90_000) == []
    assert titles(no_experience_ok=True, continuing=True) == []


def test_orders(post):
    post("古く高い", budget_max_yen=90_000, closes_on=date(2026, 12, 20))
    post("中", budget_max_yen=50_000, closes_on=date(2026, 11, 22))
    post("新しく安い", budget_max_yen=20_000, closes_on=date(2026, 12, 1))
    assert titles(sort="newest") == ["新しく安い", "中", "古く高い"]
    assert titles(sort="pay") == ["古く高い", "中", "新しく安い"]
    assert titles(sort="closing") == ["中", "新しく安い", "古く高い"]


def test_a_hit_in_the_title_stands_before_one_in_the_text(post):
    post("翻訳のお願い")
    post("記事のお願い", "翻訳もあります。")
    post("名刺のお願い")
    assert titles("翻訳", sort="match") == ["翻訳のお願い", "記事のお願い"]
    assert titles("翻訳", sort="newest") == ["記事のお願い", "翻訳のお願い"]
    assert titles("", sort="match") == titles("", sort="newest")


def test_jobs_past_their_date_or_no_longer_open_are_not_found_even_from_a_stale_row(post):
    post("昨日まで", closes_on=date(2026, 11, 21))
    closed = post("閉じた")
    closed.__class__.objects.filter(pk=closed.pk).update(status="closed", closed_at=closed.opened_at)
    post("今日まで", closes_on=ON)
    assert titles() == ["今日まで"]


@pytest.mark.parametrize("sort", ["match", "newest", "pay", "closing"])
@pytest.mark.parametrize("keyword", ["", "記事"])
def test_pages_follow_each_other_without_gap_or_repetition(post, sort, keyword):
    for number in range(23):
        post(f"記事 {number}", budget_max_yen=30_000 + number % 3, closes_on=date(2026, 12, 1 + number % 4))
    query, seen, after = JobQuery(keyword=keyword, sort=sort), [], ""
    while True:
        page = find(query, on=ON, after=after, limit=5)
        assert page.total == 23
        seen += [job.title for job in page.rows]
        if not page.next:
            break
        after = page.next
        post(f"記事 割り込み {len(seen)}", closes_on=date(2026, 11, 21))
    assert len(seen) == len(set(seen)) == 23


def test_the_wider_search_goes_on_over_pages(post):
    for number in range(7):
        post(f"東京都の案内 {number}")
    first = find(JobQuery(keyword="京都"), on=ON, limit=5)
    second = find(JobQuery(keyword="京都"), on=ON, limit=5, after=first.next)
    assert (len(first.rows), len(second.rows), second.total) == (5, 2, 7)


@pytest.mark.parametrize("after", ["x", "x:y:z", "'", "\x00", "a" * 10_000])
def test_a_spoilt_cursor_begins_again(post, after):
    post("記事")
    assert [job.title for job in find(JobQuery(), on=ON, after=after).rows] == ["記事"]


def test_a_cursor_of_another_order_begins_again(post):
    for number in range(3):
        post(f"記事 {number}")
    query = JobQuery(sort="pay")
    cursor = find(query, on=ON, limit=1).next
    assert find(query, on=ON, limit=1, after=cursor).rows != find(query, on=ON, limit=1).rows
    other = replace(query, sort="newest")
    assert find(other, on=ON, limit=1, after=cursor).rows == find(other, on=ON, limit=1).rows


def test_a_search_is_two_queries(market, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = find(JobQuery(keyword="動画", sort="match"), on=ON)
        assert page.rows[0].client.display_name == "みなと"
