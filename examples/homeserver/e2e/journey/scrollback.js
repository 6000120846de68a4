// From the newest message back to the room's first event, on a client that has just come and on
// one that was there all along.

const assert = require("node:assert/strict");
const { assertPruned } = require("../client/pruned");
const { within } = require("../client/waiting");

const IN_SNAPSHOT = 20;
const A_PAGE = 30;
const PAGES_AT_MOST = 100;

async function play(scene) {
  const { report, alice, bob, roomId, redacted } = scene;
  const everything = alice.streamed(roomId).map((event) => event.getId()); // she was there first

  const fresh = await scene.logIn(alice.userId);
  await report.expect(`alice's second client begins with the newest ${IN_SNAPSHOT}`, async () => {
    await fresh.start(IN_SNAPSHOT);
    const messages = snapshotOf(fresh, roomId).messages.chunk;
    assert.deepEqual(ids(messages), everything.slice(-IN_SNAPSHOT));
    const [slip] = redacted;
    assertPruned(messages.find((event) => event.event_id === slip), slip);
  });

  await report.expect("it scrolls back to the first event, nothing twice or missing", async () => {
    await scrollToTheStart(fresh, roomId);
    const pages = fresh.requests.to(`/rooms/${roomId}/messages`).map((page) => page.body.chunk);
    const older = pages.flat().reverse();
    const history = [...older, ...snapshotOf(fresh, roomId).messages.chunk];
    assert.equal(history[0].type, "m.room.create");
    assert.deepEqual(ids(history), everything);
    redacted.forEach((id) => assertPruned(history.find((event) => event.event_id === id), id));
    report.note(`${history.length} events, ${pages.length} pages of ${A_PAGE}`);
  });

  for (const [whose, viewer] of Object.entries({ its: fresh, "bob's": bob })) {
    await report.expect(`${whose} timeline has all of it once, but the redacted`, async () => {
      await scrollToTheStart(viewer, roomId);
      const shown = viewer.sdk.getRoom(roomId).timeline.filter((event) => event.getId());
      const expected = everything.filter((id) => !redacted.includes(id));
      assert.equal(shown[0].getType(), "m.room.create");
      assert.deepEqual(shown.map((event) => event.getId()).sort(), expected.sort());
    });
  }
  fresh.stop();
}

function snapshotOf(viewer, roomId) {
  const [answer] = viewer.requests.to("/initialSync");
  return answer.body.rooms.find((room) => room.room_id === roomId);
}

// The SDK clears the pagination token when it got less than it asked for.
async function scrollToTheStart(viewer, roomId) {
  const room = viewer.sdk.getRoom(roomId);
  for (let page = 0; room.oldState.paginationToken !== null; page++) {
    assert.ok(page < PAGES_AT_MOST, "there is an end");
    await within(60_000, "a page", viewer.sdk.scrollback(room, A_PAGE));
  }
}

function ids(events) {
  return events.map((event) => event.event_id);
}

module.exports = { play };
