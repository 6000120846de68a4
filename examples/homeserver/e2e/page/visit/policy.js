// What people write stays text, and the page loads nothing but itself.

import assert from "node:assert/strict";
import { until } from "../browser.js";

const MARKUP = "<img src=x onerror=window.harmed=1><script>window.harmed=1</script>";

export async function play({ report, visit }) {
  const { tab, one, two } = visit;

  await report.expect("markup in a message, a name and a room's name stays text", async () => {
    const { user, room } = await two.kept();
    await visit.ask(two, "PUT", `/_matrix/client/v3/profile/${encodeURIComponent(user)}/displayname`,
      { displayname: MARKUP });
    await visit.ask(one, "PUT", `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/state/m.room.name`,
      { name: MARKUP });
    await two.says(MARKUP);
    await one.sees(MARKUP);
    await one.reads(".room strong", /^<img src=x/);
    await until("one sees the name", async () => (await one.text(".events li:last-child b")).startsWith("<img"));
    assert.deepEqual(
      await tab.evaluate(() => [document.images.length, document.scripts.length, window.harmed ?? "unharmed"]),
      [0, 1, "unharmed"],
    );
    await visit.ask(two, "PUT", `/_matrix/client/v3/profile/${encodeURIComponent(user)}/displayname`,
      { displayname: "Bob" });
  });

  await report.expect("the page asked its own server alone, and broke no policy", async () => {
    const elsewhere = visit.requests.filter((url) => !url.startsWith(`${visit.url}/`) && !url.startsWith("data:"));
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(await tab.evaluate(() => window.violations), []);
  });

  const forbidden = ["base-uri", "connect-src", "frame-src", "img-src", "object-src", "script-src-attr",
    "script-src-elem", "style-src-elem"];
  await report.expect("its policy forbids scripts, styles, images, frames and requests of others", async () => {
    await tab.evaluate(async () => {
      const add = (name, attributes) => {
        const made = Object.assign(document.createElement(name), attributes);
        document.body.append(made);
        return made;
      };
      const added = [
        add("script", { textContent: "window.harmed = 1" }),
        add("script", { src: "/health" }),
        add("style", { textContent: "body { color: red }" }),
        add("link", { rel: "stylesheet", href: "/health" }),
        add("img", { src: "/health" }),
        add("iframe", { src: "/health" }),
        add("object", { data: "/health" }),
        add("base", { href: "http://127.0.0.2/" }),
        add("div", { innerHTML: "<i onclick='window.harmed = 1'></i>" }),
      ];
      added.at(-1).firstChild.click();
      await fetch("http://127.0.0.2/").catch(() => {});
    });
    const violations = () => tab.evaluate(() => [...new Set(window.violations)].sort());
    await until("all are forbidden", async () => (await violations()).length >= forbidden.length).catch(() => {});
    assert.deepEqual(await violations(), forbidden);
    assert.equal(await tab.evaluate(() => window.harmed ?? "unharmed"), "unharmed");
    await tab.reload();
    await visit.entered();
  });
}
