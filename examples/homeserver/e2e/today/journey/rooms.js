// A room of two: invite, names, profile, an avatar.

import assert from "node:assert/strict";

export async function play(scene) {
  const { report, alice, bob } = scene;

  scene.roomId = await report.expect("alice creates a room and invites bob", async () => {
    const { room_id } = await alice.sdk.createRoom({
      preset: "private_chat",
      name: "The garden",
      invite: [bob.userId],
    });
    return room_id;
  });
  const { roomId } = scene;

  await report.expect("bob's client shows the invite, with the room's name and who invites", async () => {
    await bob.until("the invite", () => bob.membership(roomId) === "invite");
    const room = bob.sdk.getRoom(roomId);
    assert.equal(room.name, "The garden");
    assert.equal(room.getMember(bob.userId).events.member.getSender(), alice.userId);
  });

  await report.expect("bob joins, and both see two members", async () => {
    await bob.sdk.joinRoom(roomId);
    for (const viewer of [alice, bob]) {
      const members = () => viewer.sdk.getRoom(roomId)?.getJoinedMemberCount();
      await viewer.until("two members", () => members() === 2 && viewer.membership(roomId) === "join");
    }
    assert.equal(bob.sdk.getRoom(roomId).name, "The garden");
  });

  await report.expect("a new display name arrives", async () => {
    await bob.sdk.setDisplayName("Bob the gardener");
    const bobs = () => alice.sdk.getRoom(roomId).getMember(bob.userId).rawDisplayName;
    await alice.until("the name", () => bobs() === "Bob the gardener");
  });

  await report.expect("a picture is uploaded, and downloaded as it was", async () => {
    const bytes = new Uint8Array([137, 80, 78, 71, 0, 255]);
    const { content_uri } = await alice.sdk.uploadContent(new Blob([bytes]), { type: "image/png" });
    const url = alice.sdk.mxcUrlToHttp(content_uri, undefined, undefined, undefined, true, true, true);
    const headers = { Authorization: `Bearer ${alice.account.access_token}` };
    const answer = await fetch(url, { headers });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "image/png");
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), bytes);
  });
}

export const essential = true;
