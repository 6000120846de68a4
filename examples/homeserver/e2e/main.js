// Runs the journey of two users against a running homeserver:  node main.js <its base URL>
// The exit status is 0 if every expectation was met.

const { Report } = require("./report");

const DEADLINE_MILLISECONDS = 120_000;

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

async function run(server) {
  const scene = { server, report, participants: [] };
  for (const part of journey) {
    try {
      await part.play(scene);
    } catch (error) {
      if (!error.reported) {
        giveUp(error);
      }
      if (part.essential) {
        break;
      }
    }
  }
  scene.participants.forEach((participant) => participant.stop());
  process.exit(report.finish() ? 0 : 1);
}

function giveUp(error) {
  console.error(error);
  report.finish();
  process.exit(1);
}

const report = new Report();
const server = process.argv[2];
if (!server) {
  console.error("usage: node main.js <base URL of a homeserver>");
  process.exit(2);
}
const overdue = () => giveUp(`not done within ${DEADLINE_MILLISECONDS / 1000} s`);
setTimeout(overdue, DEADLINE_MILLISECONDS);
process.on("uncaughtException", giveUp); // the SDK throws what an answer's handler throws
process.on("unhandledRejection", giveUp);
run(server);
