// Alice makes a room and invites Bob, who joins.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

async function play(scene) {
  const { report, alice, bob } = scene;
  const memberSeenBy = (viewer, user) => viewer.member(scene.roomId, user.userId);
  const sees = (viewer, user, membership) => () =>
    memberSeenBy(viewer, user)?.membership === membership;

  await report.expect("alice creates a room and sees it with herself joined", async () => {
    const options = { visibility: "private", name: "Tea", topic: "With milk?" };
    const created = alice.sdk.createRoom(options);
    scene.roomId = (await within(60_000, "the new room's id", created)).room_id;
    await alice.until("the room's snapshot", () => alice.syncedRoom(scene.roomId));
    const room = alice.syncedRoom(scene.roomId);
    assert.equal(room.name, "Tea");
    assert.deepEqual(room.getJoinedMembers().map((member) => member.userId), [alice.userId]);
    const topic = room.currentState.getStateEvents("m.room.topic", "");
    assert.equal(topic.getContent().topic, "With milk?");
  });

  await report.expect("alice invites bob: both see the invite", async () => {
    await within(60_000, "the invite", alice.sdk.invite(scene.roomId, bob.userId));
    await alice.until("alice sees it", sees(alice, bob, "invite"));
    await bob.until("bob sees it", sees(bob, bob, "invite"));
    assert.equal(memberSeenBy(bob, bob).events.member.getSender(), alice.userId);
    assert.equal(bob.syncedRoom(scene.roomId), undefined, "an invite alone gives no snapshot");
  });

  await report.expect("bob's second client finds the invite and who it is from", async () => {
    const second = await scene.logIn(bob.userId);
    await second.start();
    const self = memberSeenBy(second, bob);
    assert.equal(self?.membership, "invite");
    assert.equal(self.events.member.getSender(), alice.userId);
    second.stop();
  });

  await report.expect("bob joins: both see it, and bob has the room's state", async () => {
    await within(60_000, "the join", bob.sdk.joinRoom(scene.roomId));
    await alice.until("alice sees it", sees(alice, bob, "join"));
    await bob.until("bob's own stream has it", () =>
      bob.streamed(scene.roomId, "m.room.member").some(isJoinOf(bob)),
    );
    const room = bob.syncedRoom(scene.roomId);
    assert.equal(room?.name, "Tea");
    const joined = room.getJoinedMembers().map((member) => member.userId);
    assert.deepEqual(joined.sort(), [alice.userId, bob.userId].sort());
  });
}

function isJoinOf(user) {
  return (event) =>
    event.getStateKey() === user.userId && event.getContent().membership === "join";
}

module.exports = { play, essential: true };
