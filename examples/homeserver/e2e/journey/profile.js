// A new display name is a member event in the rooms one is in, and a presence entry.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

const NAME = "Bob the Builder";

async function play({ report, alice, bob, roomId }) {
  const renamings = (viewer) =>
    viewer
      .streamed(roomId, "m.room.member")
      .filter((event) => event.getStateKey() === bob.userId)
      .filter((event) => event.getContent().displayname === NAME);

  await report.expect("bob takes a display name: alice sees him by it", async () => {
    await within(60_000, "taking it", bob.sdk.setDisplayName(NAME));
    await alice.until("the new name", () => alice.member(roomId, bob.userId).name === NAME);
    assert.equal(alice.member(roomId, bob.userId).membership, "join");
  });

  for (const [name, viewer] of Object.entries({ alice, bob })) {
    await report.expect(`${name} receives one member event for it`, async () => {
      await viewer.until("the member event", () => renamings(viewer).length > 0);
      assert.equal(renamings(viewer).length, 1);
      const [renaming] = renamings(viewer);
      assert.equal(renaming.getContent().membership, "join");
      assert.equal(renaming.getPrevContent().membership, "join", "what it replaced is with it");
      assert.equal(renaming.getPrevContent().displayname, undefined);
    });
  }

  await report.expect("alice sees the new name with bob's presence", async () => {
    await alice.until("the name", () => alice.sdk.getUser(bob.userId)?.displayName === NAME);
  });
}

module.exports = { play };
