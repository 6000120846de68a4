// A redacted message as every later answer has it: in its place, without what it said.

const assert = require("node:assert/strict");

// event: as it came, undefined if it did not
function assertPruned(event, id) {
  assert.ok(event, "the redacted event keeps its place");
  assert.equal(event.event_id, id);
  assert.deepEqual(event.content, {});
  assert.equal(event.redacted_because?.redacts, id);
}

module.exports = { assertPruned };
