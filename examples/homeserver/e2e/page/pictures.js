// Makes the pictures of the page that the documents show:
//   node page/pictures.js <Chromium> <directory> <command that starts a homeserver>

import { createRequire } from "node:module";
import path from "node:path";
import { Chromium, sleep } from "./browser.js";

const require = createRequire(import.meta.url);
const { Homeserver } = require("../bridge/homeserver");

const [chromium, directory, ...command] = process.argv.slice(2);
if (command.length === 0) {
  console.error("usage: node page/pictures.js <Chromium> <directory> <command that starts a homeserver>");
  process.exit(2);
}
const homeserver = new Homeserver([...command, "--demo"]);
const browser = new Chromium(chromium);
process.on("exit", () => {
  browser.kill();
  homeserver.kill();
});

await browser.start();
const visit = await browser.open(await homeserver.start(), { width: 1180, height: 800 });
const { tab, one, two } = visit;
const picture = (name) => tab.screenshot({ path: path.join(directory, `page-${name}.png`), fullPage: true });

async function says(half, other, text) {
  await half.says(text);
  await other.sees(text);
}

await visit.start();
await says(one, two, "Hello Bob! Did you see your half of this page move?");
await says(two, one, "I did. My poll was answered when you pressed Enter.");
await says(one, two, "Now I restart the engine.");
await tab.click("#restart");
await visit.reads("#restart-said", /came twice\.$/);
await says(two, one, "I am still here, with the same token.");
await two.types("And now I am");
await one.reads(".typing", /typing$/);
await picture("conversation");

await tab.click("#tab-engine");
for (let i = 0; i < 10; i++) {
  await sleep(2_500);
  if (i % 3 === 1) {
    await tab.click("#many");
  } else if (i === 5) {
    await tab.click("#restart");
  }
}
await visit.reads(".figure:first-child output", /^2/);
await picture("engine");
await browser.close();
process.exit();
