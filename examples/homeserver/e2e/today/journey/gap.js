// Bob's client is closed for a while, and starts again with what it kept: its token, and what it knew.

import assert from "node:assert/strict";

const MISSED = 50; // more than the timeline of an answer holds

export async function play(scene) {
  const { report, alice, roomId, crowd } = scene;
  const before = scene.bob;

  const sent = await report.expect(`${MISSED} messages are sent while bob's client is closed`, async () => {
    before.stop();
    await alice.sdk.setRoomTopic(roomId, "What bob missed");
    await crowd.others[1].sdk.leave(crowd.roomId);
    const ids = [];
    for (let i = 0; i < MISSED; i++) {
      const { event_id } = await alice.sdk.sendTextMessage(roomId, `missed ${i}`);
      ids.push(event_id);
    }
    return ids;
  });

  scene.bob = before.restarted();
  scene.participants.push(scene.bob);
  const { bob } = scene;
  const missed = () =>
    bob
      .live(roomId, "m.room.message")
      .filter((event) => event.getContent().body?.startsWith("missed "))
      .map((event) => event.getId());

  await report.expect("it goes on from its token, and gets the newest of them", async () => {
    const kept = await before.store.getSavedSyncToken();
    await bob.start();
    await bob.until("the last message", () => missed().at(-1) === sent.at(-1));
    const [first] = bob.requests.to("/sync");
    assert.equal(first.query.since, kept);
    assert.equal(first.body.rooms.join[roomId].timeline.limited, true);
    assert.ok(missed().length < MISSED);
  });

  await report.expect("the topic, whose event is not among them, is known all the same", () => {
    const topic = bob.sdk.getRoom(roomId).currentState.getStateEvents("m.room.topic", "");
    assert.equal(topic.getContent().topic, "What bob missed");
  });

  await report.expect("so is who left the room whose members it had fetched", async () => {
    const room = bob.sdk.getRoom(crowd.roomId);
    await room.loadMembersIfNeeded();
    assert.equal(bob.requests.to(`${crowd.roomId}/members`).length, 0, "not fetched again");
    assert.equal(room.getMember(crowd.others[1].userId).membership, "leave");
    assert.equal(room.getMember(crowd.others[2].userId).membership, "join");
  });

  await report.expect("scrolling back brings the others, each once, in order", async () => {
    const room = bob.sdk.getRoom(roomId);
    for (let pages = 0; missed().length < MISSED && pages < 10; pages++) {
      await bob.sdk.scrollback(room, 20);
    }
    assert.deepEqual(missed(), sent);
  });
}

export const essential = true;
