"""How fast the review page of 500 claims opens, filters and scrolls in chromium; needs playwright and chromium.

    python tests/benchmarks/bench_page.py

Prints milliseconds; the targets are 1000 to open warm, 100 to filter, and no frame over 50 while scrolling.
"""

import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page, sync_playwright
from web_stand_ins import let_in, make_desk, make_long_report, record, serve_in_thread

FILTER = """() => {
  const time = (value) => {
    const began = performance.now();
    document.querySelector(`input[name=show][value=${value}]`).click();
    document.querySelector('ol.cards').getBoundingClientRect().height;
    return performance.now() - began;
  };
  return ['refuted', 'all', 'flagged', 'supported', 'all'].map(time);
}"""
SCROLL = """() => new Promise((resolve) => {
  const frames = [];
  let last = performance.now();
  const step = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    window.scrollBy(0, 400);
    if (frames.length < 120) requestAnimationFrame(step); else resolve(frames.slice(5));
  };
  requestAnimationFrame(step);
})"""


def measure(page: Page, address: str) -> str:
    """Open, filter and scroll the page and return the figures as lines."""
    page.goto(address)
    opened = []
    for _ in range(5):
        began = time.perf_counter()
        page.goto(address)
        opened.append((time.perf_counter() - began) * 1000)
    filtered, frames = page.evaluate(FILTER), sorted(page.evaluate(SCROLL))
    return (
        f"open, warm: median {sorted(opened)[2]:.0f} ms, slowest {max(opened):.0f} ms\n"
        f"filter: slowest {max(filtered):.0f} ms of {', '.join(f'{one:.0f}' for one in filtered)}\n"
        f"scroll: median frame {frames[57]:.0f} ms, 95th percentile {frames[109]:.0f} ms\n"
    )


def main() -> int:
    """Serve a report of 500 claims and measure its page."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("no chromium here; apt-get install chromium\n")
        return 2
    desk = make_desk()
    report = record(desk, make_long_report())
    address, end = serve_in_thread(desk)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = let_in(browser.new_context(viewport={"width": 1300, "height": 900}), address).new_page()
        sys.stdout.write(measure(page, f"{address}/articles/{report.article.sha256}"))
        browser.close()
    end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
