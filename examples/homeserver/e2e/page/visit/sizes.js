// From 360 pixels on, and with reduced motion.

import assert from "node:assert/strict";
import { until } from "../browser.js";

const LONG_NAME = "long-name-".repeat(24);

export async function play({ report, visit, browser, url }) {
  const { tab, one, two } = visit;

  await report.expect("at 360 pixels nothing scrolls sideways, also after a restart", async () => {
    const first = await browser.open(url, { width: 360, height: 740 });
    assert.equal(await first.overhang(), 0, "before anybody is there");
    await first.one.look((root, name) => (root.querySelector("[name=name]").value = name), LONG_NAME);
    await first.tab.type(".one [name=password]", "secret");
    await first.one.click(".sign [value=register]");
    await first.one.reads(".who .id", /^@long/);
    await first.one.click(".enter [value=create]");
    await first.one.reads(".events", /^(long-name-)+…joined$|^(long-name-)+… joined$/);
    assert.equal(await first.overhang(), 0, "somebody with a long name");
    await first.close();
    await tab.setViewport({ width: 360, height: 740 });
    await one.says("without-a-space".repeat(20));
    await two.sees("without-a-space".repeat(20));
    assert.match(await visit.text("#restart-said"), /went on from s/);
    assert.equal(await visit.overhang(), 0, "the conversation");
    await tab.click("#tab-engine");
    await until("a curve", () => tab.$(".figure .line"));
    assert.equal(await visit.overhang(), 0, "the engine");
    await tab.click("#tab-talk");
  });

  await report.expect("the newest message is whole, also when the width changes", async () => {
    for (const width of [360, 1180, 500]) {
      await tab.setViewport({ width, height: 740 });
      for (const half of [one, two]) {
        await until("the end of the log", () => half.look((root) => {
          const log = root.querySelector(".log");
          const last = root.querySelector(".events").lastElementChild.getBoundingClientRect();
          return last.bottom <= log.getBoundingClientRect().bottom + 1;
        }));
      }
    }
    await tab.setViewport({ width: 1180, height: 820 });
  });

  await report.expect("nothing moves for those who asked for less motion", async () => {
    const moving = async () => {
      // Counted when it is shown: it goes away by itself.
      const counted = two.look((root) => new Promise((done) => {
        const typing = root.querySelector(".typing");
        new MutationObserver((changes, observer) => {
          if (/typing$/.test(typing.textContent)) {
            observer.disconnect();
            done(document.getAnimations().length);
          }
        }).observe(typing, { childList: true, characterData: true, subtree: true });
      }));
      await one.types("x");
      const count = await counted;
      await tab.keyboard.press("Backspace");
      await two.reads(".typing", /^$/);
      return count;
    };
    assert((await moving()) > 0, "otherwise something moves");
    await tab.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    assert.equal(await moving(), 0);
    await tab.emulateMediaFeatures([]);
  });
}
