// Two people talk, type, and say whether they are there.

import assert from "node:assert/strict";

export const essential = true;

export async function play(scene) {
  const { report, homeserver, line, browser } = scene;

  await report.expect("the homeserver and Chromium start", async () => {
    [scene.url, scene.version] = await Promise.all([homeserver.start().then((url) => line.lead(url)), browser.start()]);
  });
  report.note(scene.version);

  const began = performance.now();
  const visit = (scene.visit = await browser.open(scene.url));
  const { one, two } = visit;

  await report.expect("two people start, and one's first message is shown to the other", async () => {
    await visit.start();
    await one.says("hello");
    assert.equal((await two.sees("hello")).own, false);
    assert.equal((await one.sees("hello")).own, true);
  });
  report.note(`first message ${Math.round(performance.now() - began)} ms after the page was asked for`);

  await report.expect("the other answers, in several lines", async () => {
    await two.types("hello");
    await visit.tab.keyboard.down("Shift");
    await visit.tab.keyboard.press("Enter");
    await visit.tab.keyboard.up("Shift");
    await two.says("yourself");
    await one.sees("hello\nyourself");
  });

  await report.expect("ten messages each way are shown once, in one order", async () => {
    for (let i = 1; i <= 10; i++) {
      await one.says(`one ${i}`);
      await two.says(`two ${i}`);
    }
    await Promise.all([one.sees("two 10"), two.sees("one 10"), one.sees("one 10"), two.sees("two 10")]);
    const shown = (await one.messages()).map(({ id }) => id);
    assert.equal(new Set(shown).size, 22);
    assert.deepEqual((await two.messages()).map(({ id }) => id), shown);
  });

  await report.expect("typing is shown, and ends when the message is sent", async () => {
    await two.watches(".typing");
    await one.types("I am");
    await two.showed(".typing", /^Alice is typing$/);
    await visit.tab.keyboard.press("Enter");
    await two.reads(".typing", /^$/);
  });

  await report.expect("typing ends when nothing more is typed", async () => {
    await one.watches(".typing");
    await two.types("I");
    await one.showed(".typing", /^Bob is typing$/);
    await one.reads(".typing", /^$/);
    await visit.tab.keyboard.press("Backspace");
  });

  await report.expect("presence that one chooses is shown to the other", async () => {
    for (const [choice, shown] of [["unavailable", "away"], ["offline", "offline"], ["online", "online"]]) {
      await two.chooses(choice);
      await one.reads(".peer", new RegExp(`^Bob is ${shown}$`));
    }
  });

  await report.expect("after a reload both are where they were", async () => {
    const before = (await one.messages()).map(({ id }) => id);
    await visit.tab.reload();
    await visit.entered();
    assert.deepEqual((await one.messages()).map(({ id }) => id), before);
    assert.deepEqual(visit.errors, []);
  });
}
