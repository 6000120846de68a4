// Alice and the ghost speak at the same time.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

const MESSAGES_EACH = 100;
const SENT_WITHIN_MILLISECONDS = 60_000;
const GHOST = "@net_carol:localhost";

async function play({ report, alice, network, roomId }) {
  const total = 2 * MESSAGES_EACH;

  await report.expect(`alice and the ghost send ${MESSAGES_EACH} messages each`, async () => {
    const alices = texts("alice").map((text, i) =>
      alice.sdk.sendTextMessage(roomId, text, `alice-${i}`),
    );
    const all = Promise.all([Promise.all(alices), carolSpeaks()]);
    await within(SENT_WITHIN_MILLISECONDS, "the messages", all);
  });

  await report.expect("alice sees each of the ghost's once, in order", async () => {
    const received = () => alice.streamed(roomId, "m.room.message");
    await alice.until(`all ${total}`, () => received().length >= total);
    const ghosts = received().filter((event) => event.getSender() === GHOST);
    assert.deepEqual(ghosts.map((event) => event.getContent().body), texts("carol"));
  });

  await report.expect("the network hears each of alice's once, in order", async () => {
    await network.until("all of them", () => network.said.length >= MESSAGES_EACH);
    assert.deepEqual(network.said.map(({ text }) => text), texts("alice"));
    assert.ok(network.said.every(({ by, room }) => by === alice.userId && room === roomId));
  });

  await report.expect("the bridge was handed the same events as alice, in the same order", async () => {
    await network.until("all of them", () => network.messages(roomId).length >= total);
    const alices = alice.streamed(roomId, "m.room.message").map((event) => event.getId());
    assert.deepEqual(network.messages(roomId).map((event) => event.event_id), alices);
  });

  // The library of the time sends as it is told, so one waits for the answer.
  async function carolSpeaks() {
    for (const text of texts("carol")) {
      await network.say("net_carol", roomId, text);
    }
  }
}

function texts(who) {
  return Array.from({ length: MESSAGES_EACH }, (_, i) => `${who} says ${i}`);
}

module.exports = { play };
