"""How a person works a page: by pointer, by touch, or by the keyboard alone."""

from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, Locator, Page, expect

STOPS_MAX = 120
DATE_PARTS = (("%m", "%d", "%Y"), ("%Y", "%m", "%d"))
"""Chromium asks for the parts of a day in the order of its own language."""

WHERE = """() => { const node = document.activeElement, box = node.getBoundingClientRect();
  const ring = (one, part) => { const style = getComputedStyle(one, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
  const labels = [...(node.labels || [])], near = [node, node.parentElement, ...labels];
  const legend = node.matches('input,select,textarea') ? node.getAttribute('aria-label') : '';
  const words = legend || (labels.length ? labels.map(one => one.innerText).join(' ')
    : node.getAttribute('aria-label') || node.innerText || node.value || '');
  const group = node.closest('fieldset')?.querySelector('legend')?.innerText || '';
  return { name: words.replace(/\\s+/g, ' ').trim(), group: group.trim(),
    lost: node === document.body, kind: node.type || node.tagName.toLowerCase(),
    marked: near.some(one => ring(one, null) || ring(one, '::after'))
      || [...document.querySelectorAll('.btn, .check, .choice')].some(one => ring(one, null)),
    inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    jumps: document.querySelectorAll('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').length } }"""
"""What has the focus, its name, whether it is marked and in sight; and elements that jump the queue."""


class Keys:
    """Tab, Enter, Space, arrows and letters. Every stop is marked and in sight; the focus is never lost."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.on("filechooser", lambda chooser: None)  # listened for from the start: asking late may miss it

    def here(self) -> dict[str, object]:
        return dict(self.page.evaluate(WHERE))

    def skip(self) -> None:
        """The first stop of a page that was just opened leads past the header."""
        self.page.keyboard.press("Tab")
        assert self.here()["name"] in {"本文へ移動", "Skip to the content"}, self.here()
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main"

    def to(self, wanted: Locator) -> None:
        """Tab until it has the focus: forwards, past the end of the page once at most."""
        expect(wanted.first).to_be_attached()
        ready = "(nodes, [all]) => nodes.some(node => node === document.activeElement)"
        met: list[object] = []
        for _ in range(STOPS_MAX):
            if wanted.evaluate_all(ready, [0]):
                stop = self.here()
                assert stop["marked"], stop
                assert stop["inSight"], stop
                assert not stop["jumps"], stop
                return
            self.page.keyboard.press("Tab")
            met.append(self.here()["name"])
        raise AssertionError((str(wanted), met))

    def press(self, wanted: Locator) -> None:
        self.to(wanted)
        self.page.keyboard.press("Enter")

    def fill(self, wanted: Locator, text: str) -> None:
        self.to(wanted)
        if wanted.first.get_attribute("type") == "date":
            self._day(wanted.first, text)
            return
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        expect(wanted.first).to_have_value(text)

    def _day(self, wanted: Locator, text: str) -> None:
        year, month, day = text.split("-")
        for order in DATE_PARTS:
            for part in order:
                self.page.keyboard.type({"%Y": year, "%m": month, "%d": day}[part])
                if part == "%Y":
                    self.page.keyboard.press("ArrowRight")
            if wanted.input_value() == text:
                return
            for _ in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError((text, wanted.input_value()))

    def check(self, wanted: Locator) -> None:
        """Space for a box. Of a group of radio buttons Tab meets one, and the arrows go on from there."""
        if wanted.first.get_attribute("type") == "checkbox":
            self.to(wanted)
            self.page.keyboard.press("Space")
        else:
            name = wanted.first.get_attribute("name")
            self.to(self.page.locator(f"input[type=radio][name='{name}']"))
            self.page.keyboard.press("Space")
            for _ in range(STOPS_MAX):
                if wanted.first.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        expect(wanted.first).to_be_checked()

    def choose(self, wanted: Locator, label: str) -> None:
        self.to(wanted)
        for _ in range(STOPS_MAX):
            if wanted.first.evaluate("node => node.selectedOptions[0].label") == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(label)

    def attach(self, wanted: Locator, files: list[dict[str, object]]) -> None:
        self.to(wanted)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(files)  # type: ignore[arg-type]


class Pointer:
    """A finger or a mouse."""

    def press(self, wanted: Locator) -> None:
        wanted.filter(visible=True).first.click()

    def fill(self, wanted: Locator, text: str) -> None:
        wanted.fill(text)

    def check(self, wanted: Locator) -> None:
        wanted.check()

    def choose(self, wanted: Locator, label: str) -> None:
        wanted.select_option(label=label)

    def attach(self, wanted: Locator, files: list[dict[str, object]]) -> None:
        wanted.first.set_input_files(files)  # type: ignore[arg-type]


class Finger(Pointer):
    """Taps, on a screen that feels them."""

    def press(self, wanted: Locator) -> None:
        wanted.filter(visible=True).first.tap()

    def check(self, wanted: Locator) -> None:
        if not wanted.first.is_checked():
            wanted.first.tap()
        expect(wanted.first).to_be_checked()


_KEYS: "WeakKeyDictionary[Page, Keys]" = WeakKeyDictionary()
_TOUCHED: "WeakSet[BrowserContext]" = WeakSet()


def by_keyboard(page: Page) -> Keys:
    """From now on this page is worked by keys."""
    return _KEYS.setdefault(page, Keys(page))


def by_finger(page: Page) -> None:
    """From now on this page and its other tabs are worked by touch."""
    _TOUCHED.add(page.context)


def is_touched(page: Page) -> bool:
    return page.context in _TOUCHED


def of(page: Page) -> Keys | Pointer:
    return _KEYS.get(page) or (Finger() if is_touched(page) else Pointer())
