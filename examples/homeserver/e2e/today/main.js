// Runs the journey of two users against a running homeserver:  node main.js <its base URL>
// The exit status is 0 if every expectation was met.

import { createRequire } from "node:module";
import * as accounts from "./journey/accounts.js";
import * as bot from "./journey/bot.js";
import * as changes from "./journey/changes.js";
import * as crowd from "./journey/crowd.js";
import * as gap from "./journey/gap.js";
import * as leaving from "./journey/leaving.js";
import * as messages from "./journey/messages.js";
import * as rooms from "./journey/rooms.js";
import * as secrets from "./journey/secrets.js";
import * as signs from "./journey/signs.js";
import * as wire from "./journey/wire.js";

const require = createRequire(import.meta.url);
const { Report } = require("../report");
const { perform } = require("../stage");

const SECONDS = 240;

// The SDK's encryption writes much there.
console.debug = console.info = console.warn = () => {};

const server = process.argv[2];
if (!server) {
  console.error("usage: node main.js <base URL of a homeserver>");
  process.exit(2);
}
const journey = [accounts, rooms, messages, changes, signs, crowd, gap, leaving, secrets, bot, wire];
perform(journey, { server, report: new Report(), participants: [] }, { seconds: SECONDS });
