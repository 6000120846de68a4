// Runs the journey of two users against a running homeserver:  node main.js <its base URL>
// The exit status is 0 if every expectation was met.

const { Report } = require("./report");
const { perform } = require("./stage");

const SECONDS = 240;

const journey = [
  require("./journey/accounts"),
  require("./journey/rooms"),
  require("./journey/presence"),
  require("./journey/messages"),
  require("./journey/typing"),
  require("./journey/profile"),
  require("./journey/receipts"),
  require("./journey/redaction"),
  require("./journey/scrollback"),
  require("./journey/leaving"),
  require("./journey/wire"),
];

const server = process.argv[2];
if (!server) {
  console.error("usage: node main.js <base URL of a homeserver>");
  process.exit(2);
}
perform(journey, { server, report: new Report(), participants: [] }, { seconds: SECONDS });
