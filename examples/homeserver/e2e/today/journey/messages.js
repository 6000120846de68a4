// Both send at the same time, each as fast as the SDK lets them.

import assert from "node:assert/strict";
import { within } from "../client/waiting.js";

const MESSAGES_EACH = 200;

export async function play(scene) {
  const { report, roomId } = scene;
  const people = { alice: scene.alice, bob: scene.bob };
  const total = 2 * MESSAGES_EACH;

  const sent = await report.expect(`both send ${MESSAGES_EACH} messages`, async () => {
    const ofAll = Object.entries(people).map(([name, person]) => sendAll(person, name, roomId));
    const [alice, bob] = await Promise.all(ofAll);
    return { alice, bob };
  });

  for (const [name, person] of Object.entries(people)) {
    const live = () => person.live(roomId, "m.room.message");

    await report.expect(`${name}'s timeline shows each of the ${total} once`, async () => {
      const soFar = () => `${live().length} of ${total}`;
      await person.until(soFar, () => live().filter((event) => !event.status).length >= total);
      assert.deepEqual(ids(live()).sort(), [...sent.alice, ...sent.bob].sort());
    });

    await report.expect(`${name} has each sender's messages in order`, () => {
      for (const [sender, { userId }] of Object.entries(people)) {
        const theirs = live().filter((event) => event.getSender() === userId);
        assert.deepEqual(ids(theirs), sent[sender]);
      }
    });

    await report.expect(`each was in one answer to ${name}, the own ones with their transaction`, () => {
      const received = person.requests
        .to("/sync")
        .flatMap((sync) => sync.body?.rooms?.join?.[roomId]?.timeline?.events ?? [])
        .filter((event) => event.type === "m.room.message");
      assert.equal(received.length, total);
      for (const [sender, { userId }] of Object.entries(people)) {
        const theirs = received.filter((event) => event.sender === userId);
        assert.deepEqual(
          theirs.map((event) => event.event_id),
          sent[sender],
        );
        const isOwn = userId === person.userId;
        assert.ok(theirs.every((event) => "transaction_id" in event.unsigned === isOwn));
      }
    });
  }
}

// Hands over every message at once; the SDK sends them one after the other.
async function sendAll(person, name, roomId) {
  const answers = Array.from({ length: MESSAGES_EACH }, (_, i) =>
    person.sdk.sendTextMessage(roomId, `${name} says ${i}`),
  );
  const all = within(undefined, `the messages of ${name}`, Promise.all(answers));
  return (await all).map((answer) => answer.event_id);
}

function ids(events) {
  return events.map((event) => event.getId());
}

export const essential = true;
