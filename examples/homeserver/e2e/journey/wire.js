// What all of it looked like on the wire.

const assert = require("node:assert/strict");

async function play({ report, participants, alice, bob }) {
  for (const [name, viewer] of Object.entries({ alice, bob })) {
    await report.expect(`${name} never polled in vain`, () => {
      const polls = viewer.requests.to("/events").filter((poll) => poll.status === 200);
      const early = polls.filter((poll) => !poll.body.chunk.length && !tookItsTime(poll));
      assert.equal(early.length, 0, "no poll returns empty before its time");
      const entries = polls.reduce((sum, poll) => sum + poll.body.chunk.length, 0);
      report.note(`${polls.length} polls brought ${entries} entries`);
      assert.ok(polls.length <= entries);
    });

    await report.expect(`each poll of ${name}'s went on where the one before ended`, () => {
      const polls = viewer.requests.to("/events").filter((poll) => poll.status === 200);
      const [snapshot] = viewer.requests.to("/initialSync");
      let end = snapshot.body.end;
      for (const poll of polls) {
        assert.equal(poll.query.from, end);
        assert.equal(poll.body.start, end);
        end = poll.body.end;
      }
    });
  }

  await report.expect("every request was answered with 200 and application/json", () => {
    for (const { requests } of participants) {
      for (const { method, path, status, contentType, error } of requests.answered()) {
        assert.deepEqual(
          { method, path, error, status, contentType },
          { method, path, error: null, status: 200, contentType: "application/json" },
        );
      }
    }
  });
}

function tookItsTime(poll) {
  return poll.milliseconds >= 0.9 * poll.query.timeout;
}

module.exports = { play };
