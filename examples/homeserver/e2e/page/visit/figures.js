// The second view: the engine's figures as curves.

import assert from "node:assert/strict";
import { until } from "../browser.js";

const NAMES = ["Parked polls", "Woken polls", "Lag", "Store reads", "Chunk size", "HTTP answers"];

export async function play({ report, visit }) {
  const { tab } = visit;
  const figures = () => tab.$$eval(".figure", (all) => all.map((figure) => ({
    name: figure.querySelector("h3").textContent,
    value: parseFloat(figure.querySelector("output").textContent.replaceAll(",", "")),
    curve: figure.querySelector(".line")?.getAttribute("d").split("L").length ?? 0,
    label: figure.querySelector("svg").getAttribute("aria-label"),
  })));

  await report.expect("each figure has a value and a curve that grows", async () => {
    await tab.click("#tab-engine");
    await until("curves of three points", async () => (await figures()).every(({ curve }) => curve >= 3));
    const shown = await figures();
    assert.deepEqual(shown.map(({ name }) => name), NAMES);
    shown.forEach(({ name, value, label }) => {
      assert(value >= 0, `${name}: ${value}`);
      assert(label.startsWith(`${name}: now `), label);
    });
  });

  await report.expect("both halves have a poll that waits", () =>
    until("two parked polls", async () => (await figures())[0].value === 2));

  await report.expect("100 messages at one press are counted, and then it is quiet again", async () => {
    const before = await figures();
    await tab.click("#many");
    await until("more answers", async () => (await figures())[5].value > before[5].value + 5);
    await tab.click("#tab-talk");
    await Promise.all([visit.one, visit.two].map((half) => until("all of the 100", async () =>
      new Set((await half.messages()).map(({ text }) => text).filter((text) => / of 100$/.test(text))).size === 100)));
  });

  await report.expect("the view says that the engine is healthy", () =>
    visit.reads("#health", /^The engine is healthy/));
}
