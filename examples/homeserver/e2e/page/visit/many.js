// 10,000 events while the page is shown: it stays responsive, and does not grow.

import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { until } from "../browser.js";

const EVENTS = 10_000;
const AT_ONCE = 16; // requests
const MOST_ELEMENTS = 5_000;
const MOST_HEAP = 32 << 20; // bytes
const LONGEST_FRAME = 5_000; // ms, beside those for which the machine stood still
const HALF_WITHIN = 200_000; // ms
const SHOWN = 100; // messages, at least

// Bytes that remain in the page's heap.
async function heap(tab) {
  const client = await tab.createCDPSession();
  await client.send("HeapProfiler.collectGarbage");
  await client.detach();
  return (await tab.metrics()).JSHeapUsedSize;
}

export async function play({ report, visit }) {
  const { tab, one, two } = visit;
  const { token, room } = await one.kept();
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/`;
  const before = await heap(tab);
  const standstills = monitorEventLoopDelay(); // of this process
  standstills.enable();

  await report.expect(`${EVENTS} events: both halves show the newest, and a message arrives among them`, async () => {
    await tab.evaluate(() => {
      window.frameTimes = [];
      let last = performance.now();
      const frame = (now) => {
        window.frameTimes.push(now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    const began = performance.now();
    let next = 0;
    const sender = async () => {
      while (next < EVENTS) {
        const number = ++next;
        await visit.askWith(token, "PUT", path + number, { msgtype: "m.text", body: `event ${number}` });
      }
    };
    const sent = Promise.all(Array.from({ length: AT_ONCE }, sender));
    await until("half of them", () => next > EVENTS / 2, HALF_WITHIN);
    await two.puts("in between");
    await tab.focus(".two textarea");
    const pressed = performance.now();
    await tab.keyboard.press("Enter");
    await until("it is sent", () => two.look((root) => root.querySelectorAll(".pending li").length === 0));
    const took = performance.now() - pressed;
    await sent;
    await one.says("the last");
    await Promise.all([one.sees("the last"), two.sees("the last")]);
    const seconds = (performance.now() - began) / 1_000;
    report.note(`${Math.round(EVENTS / seconds)} events a second; the message in between took ${Math.round(took)} ms`);
  });

  await report.expect("frames, elements and heap stay bounded", async () => {
    const frames = (await tab.evaluate(() => window.frameTimes)).sort((a, b) => a - b);
    const [median, p99, longest] = [0.5, 0.99, 1].map((part) => frames[Math.ceil(frames.length * part) - 1]);
    const elements = await tab.evaluate(() => document.querySelectorAll("*").length);
    const after = await heap(tab);
    const figure = (ms) => `${ms.toFixed(1)} ms`;
    const mib = (bytes) => `${(bytes / (1 << 20)).toFixed(1)} MiB`;
    report.note(`${frames.length} frames: median ${figure(median)}, p99 ${figure(p99)}, longest ${figure(longest)}`);
    report.note(`${elements} elements; heap ${mib(before)} before, ${mib(after)} after`);
    assert(longest < LONGEST_FRAME + standstills.max / 1e6, `a frame of ${figure(longest)}`);
    assert(elements < MOST_ELEMENTS, `${elements} elements`);
    assert(after < MOST_HEAP, mib(after));
  });

  await report.expect("both halves show the same newest messages, each once", async () => {
    const shown = (await one.messages()).map(({ id }) => id).slice(-SHOWN);
    assert.equal(new Set(shown).size, SHOWN);
    assert.deepEqual((await two.messages()).map(({ id }) => id).slice(-SHOWN), shown);
  });
}
