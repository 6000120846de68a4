// Long texts, and names and texts in any script: they do not disturb the page.

import assert from "node:assert/strict";
import { until } from "../browser.js";

const MOST_BUBBLE = 360; // pixels
const MOST_HEADER = 200; // pixels

export async function play({ report, visit }) {
  const { tab, one, two } = visit;
  const { user, room } = await two.kept();
  const inRoom = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`;
  let number = 0;

  // Sends a text without using the page, and returns the height and the text of what the second half shows of it.
  const seen = async (body) => {
    const { event_id: id } =
      await visit.ask(one, "PUT", `${inRoom}/send/m.room.message/long-${++number}`, { msgtype: "m.text", body });
    return until("the text is shown", () => two.look((root, wanted) => {
      const line = root.querySelector(`[data-event="${wanted}"]`);
      return line && { height: line.offsetHeight, text: line.querySelector(".said").firstChild.textContent };
    }, id));
  };
  const named = (displayname) =>
    visit.ask(two, "PUT", `/_matrix/client/v3/profile/${encodeURIComponent(user)}/displayname`, { displayname });
  const rename = (name) => visit.ask(one, "PUT", `${inRoom}/state/m.room.name`, { name });
  const height = (part) => two.look((root, selector) => root.querySelector(selector).offsetHeight, part);

  await report.expect("a message of 30,000 lines is bounded in height, also when all of it is shown", async () => {
    const { height: shown } = await seen(`a${"\n".repeat(30_000)}b`);
    assert(shown < MOST_BUBBLE, `${shown} pixels`);
    await tab.click(".two .events li:last-child .plain");
    const all = await height(".events li:last-child");
    assert(all < MOST_BUBBLE, `${all} pixels`);
  });

  await report.expect("a text is not cut within a character", async () => {
    const { text } = await seen(`a${"\u{1f600}".repeat(1_500)}`);
    assert.match(text, /\u{1f600}…$/u);
    assert.equal(text.isWellFormed?.() ?? true, true);
  });

  await report.expect("names of 250 and 5,000 characters, and a name of characters that show nothing", async () => {
    await rename("N".repeat(5_000));
    await two.reads(".room strong", /^N{60}…$/);
    await named("A".repeat(250));
    await one.reads(".peer", /^A{60}… is online$/);
    for (const part of [".room", ".who"]) {
      assert((await height(part)) < MOST_HEADER, `${part}: ${await height(part)} pixels`);
    }
    assert.equal(await visit.overhang(), 0);
    await named(" \u202e ");
    await one.reads(".peer", /^bob-\S+ is online$/);
    await rename("Lounge");
    await two.reads(".room strong", /^Lounge$/);
  });

  await report.expect("a name does not change the direction of what follows it; each line has its own", async () => {
    await named("\u202eboB");
    await one.reads(".peer", /^boB is online$/);
    await named("\u05d1\u05d5\u05d1!");
    await one.reads(".peer", /^\u05d1\u05d5\u05d1! is online$/);
    const isolated = await one.look((root) => getComputedStyle(root.querySelector(".peer bdi")).unicodeBidi);
    assert.match(isolated, /isolate/);
    const left = await one.look((root) => {
      const range = document.createRange();
      const place = (node, from, to) => {
        range.setStart(node, from);
        range.setEnd(node, to);
        return range.getBoundingClientRect().left;
      };
      const { firstChild: name } = root.querySelector(".peer bdi");
      return place(name, 3, 4) < place(name, 0, 1);
    });
    assert(left, "the mark at the end of a name from right to left is at its left");
    await seen("\u05e9\u05dc\u05d5\u05dd (\u05e2\u05d5\u05dc\u05dd)!\nleft to right");
    const [first, second] = await two.look((root) => {
      const node = [...root.querySelectorAll(".events .said")].at(-1).firstChild;
      const range = document.createRange();
      const end = node.data.indexOf("\n");
      return [end - 1, node.length - 1].map((index) => {
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect().left;
      });
    });
    assert(first < second, `the end of the first line is at its left: ${first} and ${second}`);
    await named("Bob");
    await visit.entered();
  });
}
