// A room of many: the SDK loads members lazily, and fetches the rest once.

import assert from "node:assert/strict";
import { Participant } from "../client/participant.js";

const OTHERS = 12;
const MESSAGES = 30;

export async function play(scene) {
  const { report, server, alice, bob } = scene;
  const others = [];

  const roomId = await report.expect(`a public room has ${OTHERS} members when bob joins`, async () => {
    const { room_id } = await alice.sdk.createRoom({ preset: "public_chat" });
    for (let i = 0; i < OTHERS; i++) {
      const other = await Participant.join(server, `guest-${i}`);
      await other.sdk.joinRoom(room_id);
      others.push(other);
    }
    for (let i = 0; i < MESSAGES; i++) {
      await alice.sdk.sendTextMessage(room_id, `welcome ${i}`);
    }
    await bob.sdk.joinRoom(room_id);
    await bob.until("the room", () => bob.membership(room_id) === "join");
    return room_id;
  });
  const room = bob.sdk.getRoom(roomId);
  scene.crowd = { roomId, others };

  await report.expect("bob's client is told how many there are, and who some of them are", async () => {
    await bob.until("the number", () => room.getJoinedMemberCount() === OTHERS + 2);
    const known = room.getJoinedMembers().length;
    assert.ok(known < OTHERS + 2, `members are loaded lazily, and ${known} are known`);
    assert.match(room.name, /and \d+ others/);
  });

  await report.expect("it fetches the others once", async () => {
    await room.loadMembersIfNeeded();
    assert.equal(room.getJoinedMembers().length, OTHERS + 2);
    assert.equal(bob.requests.to(`${roomId}/members`).length, 1);
  });

  await report.expect("one who never spoke leaves, and bob's client knows", async () => {
    await others[0].sdk.leave(roomId);
    const left = () => room.getMember(others[0].userId).membership === "leave";
    await bob.until("the departure", left);
    assert.equal(room.getJoinedMembers().length, OTHERS + 1);
    assert.equal(room.getJoinedMemberCount(), OTHERS + 1);
  });
}

export const essential = true;
