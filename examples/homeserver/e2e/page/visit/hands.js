// Everything by keyboard, as a new visitor.

import assert from "node:assert/strict";
import { until } from "../browser.js";

const MOST = 40; // presses of Tab

export async function play({ report, browser, url }) {
  const began = performance.now();
  const visit = await browser.open(url);
  const { tab, one, two } = visit;
  const { keyboard } = tab;

  // Presses Tab until an element has the focus, and checks that the focus is visible.
  const go = async (selector) => {
    for (let i = 0; i < MOST; i++) {
      await keyboard.press("Tab");
      const [there, seen] = await tab.evaluate((wanted) => {
        const { activeElement: focused } = document;
        const isPage = focused === document.body; // after its last element
        return [focused.matches(wanted), isPage || getComputedStyle(focused).outlineStyle !== "none"];
      }, selector);
      assert(seen, "what has the focus is outlined");
      if (there) {
        return;
      }
    }
    assert.fail(`${selector} is not reached by ${MOST} presses of Tab`);
  };

  let firstAfter;
  await report.expect("by keyboard alone: start, talk, and change one's presence", async () => {
    await go("#begin");
    await keyboard.press("Enter");
    await visit.entered();
    const first = () => tab.evaluate(() => document.activeElement.matches(".one textarea"));
    await until("the first box has the focus", first);
    await keyboard.type("from the keyboard");
    await keyboard.press("Enter");
    await two.sees("from the keyboard");
    firstAfter = performance.now() - began;
    await go(".two textarea");
    await keyboard.type("so am I");
    await keyboard.press("Enter");
    await one.sees("so am I");
    await go(".two select");
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await one.reads(".peer", /^Bob is away$/);
  });

  report.note(`first message ${Math.round(firstAfter)} ms after the page was asked for, once the server is warm`);

  await report.expect("by keyboard alone: restart, and look at the figures", async () => {
    await go("#restart");
    await keyboard.press("Space");
    await visit.reads("#restart-said", /No event came twice\.$/);
    await go("#tab-talk");
    await keyboard.press("ArrowRight");
    await until("the figures", () => tab.$eval("#engine", (view) => !view.hidden));
    assert.equal(await tab.evaluate(() => document.activeElement.id), "tab-engine");
  });
  await visit.close();
}
