// Who is online, and what they say of themselves.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

async function play({ report, alice, bob }) {
  const entry = (viewer, user) => viewer.sdk.getUser(user.userId)?.events.presence?.getContent();

  for (const [who, viewer, whom, user] of [
    ["alice", alice, "bob", bob],
    ["bob", bob, "alice", alice],
  ]) {
    await report.expect(`${who} sees ${whom} online, since they share a room`, async () => {
      await viewer.until("online", () => entry(viewer, user)?.presence === "online");
      assert.equal(typeof entry(viewer, user).last_active_ago, "number");
    });
  }

  await report.expect("alice sets herself unavailable: bob sees it", async () => {
    await within(60_000, "setting it", alice.sdk.setPresence("unavailable"));
    await bob.until("unavailable", () => entry(bob, alice)?.presence === "unavailable");
  });

  await report.expect("alice comes back with a status message: bob sees it", async () => {
    const message = "at the kettle ☕";
    await within(60_000, "setting it", alice.plain.setStatusMessage("online", message));
    await bob.until("online again", () => entry(bob, alice)?.presence === "online");
    assert.equal(entry(bob, alice).status_msg, message);
  });
}

module.exports = { play };
