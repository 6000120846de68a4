// Bob leaves, is not told what is said behind his back, and comes again.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

async function play(scene) {
  const { report, alice, bob, roomId } = scene;
  const bobSeenBy = (viewer) => viewer.member(roomId, bob.userId)?.membership;

  await report.expect("bob leaves: alice sees it, and so does he", async () => {
    await within(60_000, "leaving", bob.sdk.leave(roomId));
    await alice.until("alice sees it", () => bobSeenBy(alice) === "leave");
    await bob.until("bob sees it", () => bobSeenBy(bob) === "leave");
  });

  const said = await report.expect("alice speaks on, to herself", async () => {
    const sent = alice.sdk.sendTextMessage(roomId, "now that he is gone", "behind-his-back");
    const id = (await within(60_000, "sending", sent)).event_id;
    await alice.until("her own message", () => received(alice, id));
    return id;
  });

  await report.expect("bob's second client finds the room as he left it", async () => {
    const second = await scene.logIn(bob.userId);
    await second.start();
    second.stop();
    assert.equal(bobSeenBy(second), "leave");
    const last = second.sdk.getRoom(roomId).timeline.at(-1);
    assert.equal(last.getType(), "m.room.member");
    assert.equal(last.getContent().membership, "leave");
  });

  await report.expect("alice invites him again: he sees that, not what she said", async () => {
    await within(60_000, "the invite", alice.sdk.invite(roomId, bob.userId));
    await bob.until("the invite", () => bobSeenBy(bob) === "invite");
    assert.ok(!received(bob, said));
  });

  await report.expect("bob joins again: the room's history shows him what he missed", async () => {
    await within(60_000, "the join", bob.sdk.joinRoom(roomId));
    await alice.until("alice sees it", () => bobSeenBy(alice) === "join");
    const shown = bob.syncedRoom(roomId).timeline.map((event) => event.getId());
    assert.equal(shown.filter((id) => id === said).length, 1);
  });

  await report.expect("to the end, nobody received an event twice", () => {
    for (const viewer of [alice, bob]) {
      const all = viewer.streamed(roomId).map((event) => event.getId());
      assert.equal(new Set(all).size, all.length);
    }
  });

  function received(viewer, eventId) {
    return viewer.streamed(roomId).some((event) => event.getId() === eventId);
  }
}

module.exports = { play };
