"""What the gallery shows: people, jobs and figures that never existed, in every state a component has."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from nakadachi.kernel.refusal import Refusal
from nakadachi.web.ui.parts import EntryLine, FileLink, Happening, JobCard, Link, Step, Tile, ToDo

WAY = (
    "提案",
    "契約",
    "仮払い",
    "作業",
    "納品",
    "検収",
    "報酬確定",
    "出金",
)
SAMPLE_REFUSAL = Refusal("sample", "納期が過去の日になっています。今日以降の日を選んでください。")


@dataclass(frozen=True)
class SampleQuote:
    """The figures of a quote, as the rulebook would give them."""

    amount_yen: int
    client_fee_yen: int
    client_pays_yen: int
    worker_fee_yen: int
    worker_receives_yen: int
    worker_fee_tax_yen: int = 0
    client_fee_tax_yen: int = 0
    withholding_yen: int = 0
    worker_fee_bps: int = 1650
    client_fee_bps: int = 550


PLAIN_QUOTE = SampleQuote(30_000, 1_650, 31_650, 4_950, 25_050, 450, 150)
WITHHELD_QUOTE = SampleQuote(
    100_000_000, 5_500_000, 105_500_000, 16_500_000, 73_290_000, 1_500_000, 500_000, 10_210_000
)


@dataclass(frozen=True)
class SampleMember:
    """Somebody to draw an avatar of."""

    display_name: str


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="件名", max_length=60, help_text="何をしてほしいかを60文字以内で書いてください。")
    details = forms.CharField(label="詳しい内容", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    amount = forms.CharField(
        label="金額(税込)", widget=forms.TextInput(attrs={"inputmode": "numeric"}), initial="30,000"
    )
    deliver_on = forms.DateField(label="納期", widget=forms.DateInput(attrs={"type": "date"}))
    category = forms.ChoiceField(
        label="カテゴリ", choices=[("writing", "ライティング"), ("design", "デザイン"), ("it", "システム開発")]
    )
    kind = forms.ChoiceField(
        label="口座の種類",
        widget=forms.RadioSelect,
        choices=[("ordinary", "普通"), ("checking", "当座")],
        initial="ordinary",
        help_text="通帳に書かれているとおりに選んでください。",
    )
    documents = forms.FileField(label="ファイル", required=False)
    password = forms.CharField(label="パスワード", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    agrees = forms.BooleanField(label="利用規約を読み、同意します")


def steps(at: int, note: str = "") -> list[Step]:
    """The eight stations, standing at one of them."""
    states = ["done" if i < at else "now" if i == at else "todo" for i in range(len(WAY))]
    return [Step(label, state, note if state == "now" else "") for label, state in zip(WAY, states, strict=True)]  # type: ignore[arg-type]


def jobs() -> list[JobCard]:
    """Three cards: usual, long and large, nearly bare."""
    return [
        JobCard(
            title="ECサイトの商品説明文(30点)のリライト",
            href="#jobs",
            category="ライティング",
            budget="¥20,000 〜 ¥30,000",
            chips=("未経験OK", "継続依頼あり"),
            excerpt="生活雑貨の商品説明を、購入前の不安に答える文章へ書き直していただきます。構成案と参考記事はこちらで用意します。1点あたり300〜400字です。",
            receives="¥16,700 〜 ¥25,050",
            deadline="残り5日",
            proposals_count=4,
            client_facts="くらしの道具 みなと・発注 12件・検収まで平均 1.8日",
        ),
        JobCard(
            title="全国42店舗の予約・在庫・会計をひとつにまとめる基幹システムの刷新と、旧システムからの移行計画の作成",
            href="#jobs",
            category="システム開発",
            budget="¥80,000,000 〜 ¥100,000,000",
            chips=("継続依頼あり", "経験者", "在宅", "面談あり"),
            excerpt="現行システムの調査から始め、段階的に置き換えます。",
            receives="¥66,800,000 〜 ¥83,500,000",
            deadline="残り28日",
            proposals_count=0,
            client_facts="株式会社とても長い名前の会社による全国店舗運営統括本部情報企画室・発注 0件",
        ),
        JobCard(title="名刺のデザイン", href="#jobs", category="デザイン", budget="相談して決める", state="下書き"),
    ]


def todos() -> list[ToDo]:
    """One row of each tone."""
    return [
        ToDo(
            "納品してください",
            "「ECサイトの商品説明文」第1回分 ¥30,000 は仮払い済みです。",
            "#todo",
            "納品する",
            due="11月25日(水)まで",
        ),
        ToDo(
            "検収の期限が近づいています",
            "操作がない場合、期限に自動で検収されます。",
            "#todo",
            "確認する",
            "warn",
            "あと1日",
        ),
        ToDo(
            "依頼主の返事を待っています",
            "「採用サイトの写真レタッチ」への提案です。",
            tone="wait",
            due="11月30日(月)まで",
        ),
    ]


def happenings() -> list[Happening]:
    """Past and future on one line."""
    return [
        Happening("11月18日(水) 09:12", "契約が成立しました", href="#timeline"),
        Happening("11月18日(水) 10:40", "仮払いが完了しました", "¥30,000 をお預かりしています。"),
        Happening("11月25日(水)まで", "納品", done=False),
        Happening("12月15日(火)", "振込 ¥25,050", done=False),
    ]


def context(now: datetime) -> dict[str, Any]:
    """Everything the gallery's partials draw."""
    today = date(2026, 11, 22)
    return {
        "quote": PLAIN_QUOTE,
        "withheld": WITHHELD_QUOTE,
        "accepted_on": date(2026, 11, 25),
        "pays_on": date(2026, 12, 15),
        "form": SampleForm(),
        "faulty": SampleForm({"again-title": "", "again-amount": "千円"}, prefix="again"),
        "steps": steps(3, "11月25日(水)まで"),
        "steps_first": steps(0),
        "steps_last": steps(7),
        "jobs": jobs(),
        "todos": todos(),
        "happenings": happenings(),
        "refused": SAMPLE_REFUSAL,
        "member": SampleMember("はな"),
        "long_member": SampleMember(
            "とても長い表示名でもきちんと折り返して読めることを確かめるための四十文字の名前です"
        ),
        "tiles": [
            Tile("出金できる報酬", 83_500, "12月15日(火)に振り込みます。", "#tiles", strong=True),
            Tile("仮払い中", 100_000_000, "納品と検収を待っています。", "#tiles"),
            Tile("今年の受け取り", 1_284_350, "源泉徴収 ¥0", "#tiles"),
        ],
        "entries": [
            EntryLine(now, "報酬確定「名刺のデザイン」", 8_350, 83_500, "#entries", "システム手数料 ¥1,650"),
            EntryLine(now - timedelta(days=3), "出金", -75_150, 75_150, "#entries"),
        ],
        "files": [
            FileLink("商品説明_3点.docx", "#files", 48_200, "はな", now),
            FileLink(
                "撮影データ_最終版_修正済み_これで本当に最後_2026年11月22日_全カット一式.zip", "#files", 18_400_000
            ),
        ],
        "links": [
            Link("プロフィール", "#nav", "profile", "user"),
            Link("振込先の口座", "#nav", "bank", "yen"),
            Link("ログインと安全", "#nav", "security", "shield"),
            Link("お知らせの設定", "#nav", "mail", "bell"),
        ],
        "today": today,
        "amounts": [0, 1_234, -4_950, 100_000_000],
    }
