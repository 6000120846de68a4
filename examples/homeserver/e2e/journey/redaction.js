// A sender takes a message back, and the room's creator removes another's.

const assert = require("node:assert/strict");
const { assertPruned } = require("../client/pruned");
const { within } = require("../client/waiting");

async function play(scene) {
  const { report, alice, bob, roomId, messages } = scene;
  scene.redacted = []; // ids, newest first

  const slip = await report.expect("bob lets something slip: alice sees it", async () => {
    const sent = bob.sdk.sendTextMessage(roomId, "a slip of the tongue", "slip");
    const id = (await within(60_000, "sending it", sent)).event_id;
    await alice.until("the message", () => shows(alice, roomId, id));
    return id;
  });

  await report.expect("bob redacts it: alice sees it go", async () => {
    await redactionSeen({ by: bob, of: slip, seenBy: alice, roomId });
    scene.redacted.push(slip);
  });

  const removed = messages.bob[100];
  await report.expect("alice redacts an older message of bob's: bob sees it go", async () => {
    assert.ok(shows(bob, roomId, removed), "bob's timeline shows it before");
    await redactionSeen({ by: alice, of: removed, seenBy: bob, roomId });
    scene.redacted.push(removed);
  });

  await report.expect("asked for by their ids, both come without what they said", async () => {
    for (const id of [slip, removed]) {
      assertPruned(await within(60_000, "the event", alice.plain.event(id)), id);
    }
    const whole = await within(60_000, "the event", alice.plain.event(messages.bob[99]));
    assert.equal(whole.content.body, "bob says 99");
  });
}

async function redactionSeen({ by, of, seenBy, roomId }) {
  const redactions = (viewer) =>
    viewer
      .streamed(roomId, "m.room.redaction")
      .filter((redaction) => redaction.event.redacts === of);
  await within(60_000, "redacting it", by.sdk.redactEvent(roomId, of));
  for (const viewer of [seenBy, by]) {
    await viewer.until("the redaction", () => redactions(viewer).length > 0);
    assert.equal(redactions(viewer).length, 1);
    assert.equal(redactions(viewer)[0].getSender(), by.userId);
    assert.ok(!shows(viewer, roomId, of), "the timeline no longer shows the message");
  }
}

function shows(viewer, roomId, eventId) {
  return viewer.sdk.getRoom(roomId).timeline.some((event) => event.getId() === eventId);
}

module.exports = { play };
