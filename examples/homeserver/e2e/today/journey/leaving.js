// Bob leaves, things change, bob comes back; then he is removed, invited, and knocks.

import assert from "node:assert/strict";

export async function play({ report, alice, bob, crowd }) {
  const { roomId, others } = crowd;
  const until = (membership) =>
    bob.until(`bob: ${membership}`, () => bob.membership(roomId) === membership);

  await report.expect("bob leaves, and his client knows", async () => {
    await bob.sdk.leave(roomId);
    await until("leave");
  });

  await report.expect("what happens meanwhile does not reach him", async () => {
    await alice.sdk.setRoomName(roomId, "Without bob");
    await others[2].sdk.leave(roomId);
    await others[3].sdk.setDisplayName("Somebody else");
    const { event_id } = await alice.sdk.sendTextMessage(roomId, "bob has left");
    await alice.until("the message", () => alice.live(roomId).some((e) => e.getId() === event_id));
    assert.ok(!JSON.stringify(bob.requests.to("/sync")).includes(event_id));
  });

  await report.expect("bob joins again: name and members are those of now", async () => {
    await bob.sdk.joinRoom(roomId);
    await until("join");
    const room = bob.sdk.getRoom(roomId);
    await bob.until("the name", () => room.name === "Without bob");
    await room.loadMembersIfNeeded();
    assert.equal(room.getMember(others[2].userId).membership, "leave");
    assert.equal(room.getMember(others[3].userId).rawDisplayName, "Somebody else");
    const { event_id } = await alice.sdk.sendTextMessage(roomId, "welcome back");
    await bob.until("the welcome", () => bob.live(roomId).some((e) => e.getId() === event_id));
  });

  await report.expect("bob is removed, and told why", async () => {
    await alice.sdk.kick(roomId, bob.userId, "enough");
    await until("leave");
    const member = bob.sdk.getRoom(roomId).getMember(bob.userId).events.member;
    assert.equal(member.getContent().reason, "enough");
    assert.equal(member.getSender(), alice.userId);
  });

  await report.expect("an invite that is withdrawn goes away", async () => {
    await alice.sdk.invite(roomId, bob.userId);
    await until("invite");
    await alice.sdk.kick(roomId, bob.userId);
    await until("leave");
  });

  await report.expect("bob knocks, and is let in", async () => {
    await alice.sdk.sendStateEvent(roomId, "m.room.join_rules", { join_rule: "knock" }, "");
    await bob.sdk.knockRoom(roomId, { reason: "please" });
    await until("knock");
    const bobs = () => alice.sdk.getRoom(roomId).getMember(bob.userId).membership;
    await alice.until("the knock", () => bobs() === "knock");
    await alice.sdk.invite(roomId, bob.userId);
    await until("invite");
    await bob.sdk.joinRoom(roomId);
    await until("join");
  });

  await report.expect("a ban ends it", async () => {
    await alice.sdk.ban(roomId, bob.userId);
    await until("ban");
    await assert.rejects(bob.sdk.joinRoom(roomId), { errcode: "M_FORBIDDEN" });
  });
}
