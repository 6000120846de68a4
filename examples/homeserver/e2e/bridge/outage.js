// The bridge is away for a while, and misses nothing.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

const MESSAGES = 50;
const LONGEST_MILLISECONDS = 60_000;

async function play({ report, alice, network, homeserver, server, roomId }) {
  const heard = () => network.said.filter(({ room }) => room === roomId).map(({ text }) => text);
  const before = heard().length;

  await report.expect("alice speaks on while the bridge is away", async () => {
    await network.stop();
    const sent = texts().map((text, i) => alice.sdk.sendTextMessage(roomId, text, `away-${i}`));
    await within(LONGEST_MILLISECONDS, "the messages", Promise.all(sent));
    assert.equal(heard().length, before);
  });

  await report.expect("the bridge comes back and hears all of it once, in order", async () => {
    await network.launch(server);
    const complete = () => heard().length >= before + MESSAGES;
    await network.until("the messages", complete, LONGEST_MILLISECONDS);
    assert.deepEqual(heard().slice(before), texts());
  });

  await report.expect("the bridge is handed what alice has seen, to the end", async () => {
    const alices = () => alice.streamed(roomId, "m.room.message").map((event) => event.getId());
    await alice.until("all of it", () => alices().length >= network.messages(roomId).length);
    assert.deepEqual(network.messages(roomId).map((event) => event.event_id), alices());
  });

  await report.expect("the server said once that it was away, and once that it was back", async () => {
    const remarks = () => homeserver.remarks().filter((line) => line.includes("takes"));
    await homeserver.until("both remarks", () => remarks().length >= 2);
    assert.equal(remarks().length, 2);
    assert.match(remarks()[0], /WARN.*network takes no events/);
    assert.match(remarks()[1], /WARN.*network takes events again/);
  });
}

function texts() {
  return Array.from({ length: MESSAGES }, (_, i) => `alice says ${i} into the void`);
}

module.exports = { play };
