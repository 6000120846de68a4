// Both send at the same time, each as fast as the SDK lets them.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

const MESSAGES_EACH = 200;
const SENT_WITHIN_MILLISECONDS = 60_000;

async function play(scene) {
  const { report, roomId } = scene;
  const people = { alice: scene.alice, bob: scene.bob };
  const total = 2 * MESSAGES_EACH;

  const sent = await report.expect(`both send ${MESSAGES_EACH} messages`, async () => {
    const ofAll = Object.entries(people).map(([name, person]) => sendAll(person, name, roomId));
    const [alice, bob] = await Promise.all(ofAll);
    return { alice, bob };
  });
  scene.messages = sent;
  const everySentId = [...sent.alice, ...sent.bob].sort();

  for (const [name, person] of Object.entries(people)) {
    const received = () => person.streamed(roomId, "m.room.message");

    await report.expect(`${name} receives each of the ${total} once`, async () => {
      const soFar = () => `${received().length} of ${total}`;
      await person.until(soFar, () => received().length >= total);
      assert.deepEqual(ids(received()).sort(), everySentId);
    });

    await report.expect(`${name} receives each sender's messages in order`, () => {
      for (const [sender, { userId }] of Object.entries(people)) {
        const theirs = received().filter((event) => event.getSender() === userId);
        assert.deepEqual(ids(theirs), sent[sender]);
        assert.deepEqual(theirs.map(body), texts(sender));
      }
    });

    await report.expect(`${name}'s timeline shows each of the ${total} once`, () => {
      const shown = person.sdk.getRoom(roomId).timeline.filter(isMessage);
      assert.deepEqual(ids(shown).sort(), everySentId);
    });
  }

  await report.expect("both receive the same messages in the same order", () => {
    const [alices, bobs] = Object.values(people).map((person) =>
      person.streamed(roomId, "m.room.message"),
    );
    assert.deepEqual(ids(alices), ids(bobs));
  });
}

// Hands over every message at once; the SDK sends them one after the other.
async function sendAll(person, name, roomId) {
  const answers = texts(name).map((text, i) =>
    person.sdk.sendTextMessage(roomId, text, `${name}-${i}`),
  );
  const all = within(SENT_WITHIN_MILLISECONDS, `the messages of ${name}`, Promise.all(answers));
  return (await all).map((answer) => answer.event_id);
}

function texts(name) {
  return Array.from({ length: MESSAGES_EACH }, (_, i) => `${name} says ${i}`);
}

function isMessage(event) {
  return event.getType() === "m.room.message";
}

function body(event) {
  return event.getContent().body;
}

function ids(events) {
  return events.map((event) => event.getId());
}

module.exports = { play, essential: true };
