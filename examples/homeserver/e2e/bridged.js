// Runs the journey of a user and a bridge's ghosts:  node bridged.js <command that starts a homeserver>
// The command gets the bridge's registration file. The exit status is 0 if every expectation was met.

const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { Homeserver } = require("./bridge/homeserver");
const { Network } = require("./bridge/network");
const { Report } = require("./report");
const { perform } = require("./stage");

const SECONDS = 240;

const journey = [
  require("./bridge/start"),
  require("./journey/accounts"),
  require("./bridge/ghosts"),
  require("./bridge/conversation"),
  require("./bridge/portal"),
  require("./bridge/outage"),
];

const command = process.argv.slice(2);
if (command.length === 0) {
  console.error("usage: node bridged.js <command that starts a homeserver>");
  process.exit(2);
}
const directory = mkdtempSync(path.join(tmpdir(), "bridge-"));
const network = new Network(directory);
const homeserver = new Homeserver(command);
const scene = { network, homeserver, report: new Report(), participants: [] };
const finish = (status) => {
  network.kill();
  homeserver.kill();
  rmSync(directory, { recursive: true, force: true });
  if (status !== 0) {
    console.error(`\nThe server wrote:\n${homeserver.log}\nThe bridge wrote:\n${network.log}`);
  }
};
perform(journey, scene, { seconds: SECONDS, finish });
