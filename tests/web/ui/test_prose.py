"""Plain text with a few marks: only these become elements, everything else stays text."""

import pytest

from nakadachi.web.ui.prose import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一行目\n二行目", "<p>一行目<br>二行目</p>"),
        ("## 見出し\n本文", "<h2>見出し</h2>\n<p>本文</p>"),
        ("### 小見出し", "<h3>小見出し</h3>"),
        ("- 一\n- 二", "<ul><li>一</li><li>二</li></ul>"),
        ("1. 一\n2. 二", "<ol><li>一</li><li>二</li></ol>"),
        ("[料金](/fees/)", '<p><a href="/fees/">料金</a></p>'),
        ("[外](https://example.jp/a?b=1&c=2)", '<p><a href="https://example.jp/a?b=1&amp;c=2">外</a></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ('[x](/a"onclick="b)', '<p><a href="/a&quot;onclick=&quot;b">x</a></p>'),
        ("[x](data:text/html,1)", "<p>[x](data:text/html,1)</p>"),
        ("", ""),
    ],
)
def test_marks_and_nothing_else(text, html):
    assert to_html(text) == html


def test_a_table_names_its_rows():
    assert '<th scope="row">名称</th><td>仲立ち</td>' in to_html("| 名称 | 仲立ち |")
