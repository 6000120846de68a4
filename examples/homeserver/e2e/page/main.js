// Looks at the homeserver's page in Chromium:  node page/main.js <Chromium> <command that starts a homeserver>
// The exit status is 0 if every expectation was met.

import { createRequire } from "node:module";
import { Chromium } from "./browser.js";
import { Line } from "./line.js";
import * as anew from "./visit/anew.js";
import * as badInput from "./visit/bad-input.js";
import * as conversation from "./visit/conversation.js";
import * as figures from "./visit/figures.js";
import * as hands from "./visit/hands.js";
import * as many from "./visit/many.js";
import * as names from "./visit/names.js";
import * as outage from "./visit/outage.js";
import * as policy from "./visit/policy.js";
import * as restart from "./visit/restart.js";
import * as sizes from "./visit/sizes.js";
import * as tabs from "./visit/tabs.js";

const require = createRequire(import.meta.url);
const { Homeserver } = require("../bridge/homeserver");
const { Report } = require("../report");
const { perform } = require("../stage");

const SECONDS = 600;

const [chromium, ...command] = process.argv.slice(2);
if (command.length === 0) {
  console.error("usage: node page/main.js <Chromium> <command that starts a homeserver>");
  process.exit(2);
}
const scene = {
  homeserver: new Homeserver([...command, "--demo"]),
  line: new Line(),
  browser: new Chromium(chromium),
  report: new Report(),
  participants: [],
};
const finish = (status) => {
  scene.browser.kill();
  scene.homeserver.kill();
  if (status !== 0) {
    console.error(`\nThe server wrote:\n${scene.homeserver.log}`);
  }
};
const leaving = { play: ({ browser }) => browser.close() };
const visit =
  [conversation, policy, names, figures, restart, sizes, hands, badInput, tabs, outage, many, anew, leaving];
perform(visit, scene, { seconds: SECONDS, finish });
