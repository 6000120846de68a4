// The engine is closed and started over the same store, while both talk.

import assert from "node:assert/strict";
import { until } from "../browser.js";

const EACH = 18;

// The ids of the room's newest messages, as the server has them.
async function stored(visit, count) {
  const { room } = await visit.one.kept();
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/messages?dir=b&limit=${count}`;
  const { chunk } = await visit.ask(visit.one, "GET", path);
  return chunk.filter(({ type }) => type === "m.room.message").map((event) => event.event_id).reverse();
}

export async function play({ report, visit }) {
  const { tab, one, two } = visit;

  await report.expect("a restart in between loses and repeats nothing", async () => {
    for (let i = 1; i <= EACH; i++) {
      await one.says(`before and after ${i}`);
      if (i === EACH / 3 || i === EACH / 2) {
        await until("the button", () => tab.$eval("#restart", (button) => !button.disabled));
        await tab.evaluate(() => document.querySelector("#restart").click()); // the focus stays
      }
      await two.says(`after and before ${i}`);
    }
    await Promise.all([one, two].flatMap((half) =>
      [half.sees(`before and after ${EACH}`), half.sees(`after and before ${EACH}`)]));
    const ids = await stored(visit, 2 * EACH);
    assert.equal(new Set(ids).size, 2 * EACH);
    for (const half of [one, two]) {
      const shown = (await half.messages()).slice(-2 * EACH);
      assert.deepEqual(shown.map(({ id }) => id), ids);
      assert.equal(new Set(shown.map(({ text }) => text)).size, 2 * EACH);
      await half.reads(".stream span", /events, none twice$/);
    }
  });

  await report.expect("the page says from which tokens the two went on", async () => {
    const said = await visit.reads("#restart-said", /No event came twice\.$/);
    assert.match(said, /Alice went on from s\S+; Bob went on from s\S+\./);
    report.note(said.replace(/ went on from s[^;.]+/g, " went on from s…"));
  });

  await report.expect("both wait again afterwards", async () => {
    await tab.click("#tab-engine");
    await visit.reads(".figure:first-child output", /^2 *$/);
    await tab.click("#tab-talk");
  });
}
