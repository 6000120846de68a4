// Several tabs of one browser, which has six connections to a server for all of them.

import assert from "node:assert/strict";

const TABS = 4;
const WITHIN = 15_000; // ms, which is below the longest poll, for which a message without a connection waits

export async function play({ report, browser, url }) {
  const tabs = [];
  const first = await browser.open(url);
  const talk = async (visit, text) => {
    await visit.one.says(text);
    await visit.two.sees(text, WITHIN);
  };

  await report.expect(`${TABS} tabs in one browser: a message arrives at once in each that is shown`, async () => {
    for (let i = 0; i < TABS; i++) {
      const visit = i === 0 ? first : await browser.beside(first);
      tabs.push(visit);
      await visit.start();
      await talk(visit, `tab ${i}`);
    }
    await first.tab.bringToFront();
    await talk(first, "back in the first");
  });

  await report.expect("a tab that was hidden goes on from its tokens when it is shown", async () => {
    const { room } = await first.one.kept();
    await tabs[1].tab.bringToFront();
    await first.ask(first.two, "PUT", `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/hidden`,
      { msgtype: "m.text", body: "while it was hidden" });
    await talk(tabs[1], "shown meanwhile");
    const shown = (await first.one.messages()).map(({ text }) => text);
    assert(!shown.includes("while it was hidden"), "a hidden page does not poll");
    await first.tab.bringToFront();
    for (const half of [first.one, first.two]) {
      await half.sees("while it was hidden", WITHIN);
      await half.reads(".stream span", /none twice$/);
    }
  });

  await report.expect("two windows that are both shown", async () => {
    const window = await browser.beside(first, "window");
    await window.start();
    for (const visit of [window, first]) {
      assert.equal(await visit.tab.evaluate(() => document.visibilityState), "visible");
      await talk(visit, "in one of two windows");
    }
    tabs.push(window);
  });
  tabs.forEach((visit) => assert.deepEqual(visit.errors, []));
  await first.close();
}
