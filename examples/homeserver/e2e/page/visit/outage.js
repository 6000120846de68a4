// The server does not answer, or answers wrongly: the page says so, and goes on by itself.

import assert from "node:assert/strict";
import { until } from "../browser.js";

export async function play({ report, visit, line }) {
  const { tab, one, two } = visit;

  await report.expect("a server that is gone is said to be gone, with what to do", async () => {
    line.cut();
    await visit.reads("#notice", /^The server does not answer\. This began at .+; the next try is in .+ need not do/);
    await one.says("said meanwhile");
    await one.reads(".pending .state", /^not sent yet; trying again$/);
  });

  await report.expect("once it is back, that is said, and what was said meanwhile arrives once", async () => {
    await line.mend();
    await two.sees("said meanwhile");
    await visit.reads("#notice", /^The server is back, after /);
    await until("nothing waits", () => one.look((root) => root.querySelectorAll(".pending li").length === 0));
    for (const half of [one, two]) {
      assert.equal((await half.messages()).filter(({ text }) => text === "said meanwhile").length, 1);
    }
  });

  // Answers the next requests whose path has this part.
  let spoilt = [];
  const spoil = (part, times, answer) => spoilt.push({ part, times, answer });
  const intercept = (request) => {
    const hit = spoilt.find(({ part, times }) => times > 0 && new URL(request.url()).pathname.includes(part));
    if (hit) {
      hit.times--;
      request.respond(hit.answer);
    } else {
      request.continue();
    }
  };
  await tab.setRequestInterception(true);
  tab.on("request", intercept);
  const FAILED = { status: 500, contentType: "application/json", body: '{"errcode":"M_UNKNOWN","error":"x"}' };
  const HALF = { status: 200, contentType: "application/json", body: '{"next_batch":"s1_2","rooms":{"jo' };
  const PROXY = { status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" };

  for (const [what, answer, words] of [
    ["answers 500", FAILED, /^The server answers with an error \(500\)\. .+ You need not do/],
    ["sends half a body", HALF, /^The server's answer broke off\. .+ You need not do/],
    ["is behind a proxy that answers 502", PROXY, /^The server answers with an error \(502\)\. .+ You need not do/],
  ]) {
    await report.expect(`a server that ${what}: the page says so, and goes on`, async () => {
      spoil("/sync", 4, answer);
      await two.says(`while the server ${what}`); // ends the polls that wait
      await visit.reads("#notice", words);
      await one.sees(`while the server ${what}`);
      await visit.reads("#notice", /^The server is back, after /);
      spoilt = [];
    });
  }

  await report.expect("a message whose sending fails twice is there once", async () => {
    spoil("/send/", 1, FAILED);
    spoil("/send/", 1, HALF);
    await one.says("at the third try");
    await two.sees("at the third try");
    await until("nothing waits", () => one.look((root) => root.querySelectorAll(".pending li").length === 0));
    assert.equal((await two.messages()).filter(({ text }) => text === "at the third try").length, 1);
  });

  await report.expect("figures that cannot be read: the view says so, and goes on", async () => {
    await tab.click("#tab-engine");
    spoil("/metrics", 2, FAILED);
    await visit.reads("#notice", /^The server answers with an error \(500\)/);
    await visit.reads("#notice", /^The server is back, after /);
    spoil("/metrics", 2, HALF);
    await visit.reads("#notice", /^The server's answer broke off/);
    await visit.reads("#notice", /^The server is back, after /);
    await tab.click("#tab-talk");
  });
  tab.off("request", intercept);
  await tab.setRequestInterception(false);

  await report.expect("nothing came twice, and no script failed", async () => {
    await one.reads(".stream span", /none twice$/);
    await two.reads(".stream span", /none twice$/);
    assert.deepEqual(visit.errors, []);
  });
}
