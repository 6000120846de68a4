// Both send at the same time, some messages at once, each as fast as the SDK lets them.

import assert from "node:assert/strict";
import { within } from "../client/waiting.js";

const MESSAGES_EACH = 200;
const AT_ONCE = 4; // of each: those of both fit in one answer, which has 10, so that a slow answer leaves out none

export async function play(scene) {
  const { report, roomId } = scene;
  const people = { alice: scene.alice, bob: scene.bob };
  const total = 2 * MESSAGES_EACH;
  const live = (person) => person.live(roomId, "m.room.message");
  const arrived = (person) => live(person).filter((event) => !event.status).length;
  const has = (person, count) =>
    person.until(() => `${arrived(person)} of ${count}`, () => arrived(person) >= count);

  const sent = await report.expect(`both send ${MESSAGES_EACH} messages`, async () => {
    const ids = { alice: [], bob: [] };
    for (let first = 0; first < MESSAGES_EACH; first += AT_ONCE) {
      const ofAll = Object.entries(people).map(async ([name, person]) =>
        ids[name].push(...(await sendSome(person, name, first, roomId))),
      );
      await Promise.all(ofAll);
      await Promise.all(Object.values(people).map((person) => has(person, 2 * (first + AT_ONCE))));
    }
    return ids;
  });

  for (const [name, person] of Object.entries(people)) {
    await report.expect(`${name}'s timeline shows each of the ${total} once`, async () => {
      await has(person, total);
      assert.deepEqual(ids(live(person)).sort(), [...sent.alice, ...sent.bob].sort());
    });

    await report.expect(`${name} has each sender's messages in order`, () => {
      for (const [sender, { userId }] of Object.entries(people)) {
        const theirs = live(person).filter((event) => event.getSender() === userId);
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

// Hands over some messages at once; the SDK sends them one after the other.
async function sendSome(person, name, first, roomId) {
  const answers = Array.from({ length: AT_ONCE }, (_, i) =>
    person.sdk.sendTextMessage(roomId, `${name} says ${first + i}`),
  );
  const all = within(undefined, `the messages of ${name}`, Promise.all(answers));
  return (await all).map((answer) => answer.event_id);
}

function ids(events) {
  return events.map((event) => event.getId());
}

export const essential = true;
