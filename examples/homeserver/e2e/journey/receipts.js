// Alice has read what Bob wrote.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

async function play({ report, alice, bob, roomId, messages }) {
  const eventId = messages.bob.at(-1);
  const receipts = (viewer) =>
    viewer.fromStream.filter(
      (event) => event.getType() === "m.receipt" && event.getContent()[eventId],
    );

  await report.expect("alice acknowledges bob's last message: both see her receipt", async () => {
    await within(60_000, "the receipt", alice.plain.acknowledge(roomId, eventId));
    for (const viewer of [bob, alice]) {
      await viewer.until("the receipt", () => receipts(viewer).length > 0);
      assert.equal(receipts(viewer).length, 1);
      const [receipt] = receipts(viewer);
      assert.equal(receipt.getRoomId(), roomId);
      assert.deepEqual(Object.keys(receipt.getContent()), [eventId]);
      const readers = receipt.getContent()[eventId]["m.read"];
      assert.deepEqual(Object.keys(readers), [alice.userId]);
      assert.equal(typeof readers[alice.userId].ts, "number");
    }
  });
}

module.exports = { play };
