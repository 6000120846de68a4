// What all of it looked like on the wire.

import assert from "node:assert/strict";

// What the SDK asks for and takes no for an answer: a backup of keys, and to join where one is banned.
const REFUSED = [/\/room_keys\/version$/, /\/join\//];

export async function play({ report, participants }) {
  await report.expect("no poll came back before its time with nothing in it", () => {
    let polls = 0;
    for (const { requests, userId } of participants) {
      for (const { milliseconds, query, body } of answered(requests)) {
        if (Number(query.timeout) > 0) {
          polls++;
          const tookItsTime = milliseconds >= 0.9 * Number(query.timeout);
          assert.ok(tookItsTime || !isEmpty(body), `${userId}: ${JSON.stringify(body)}`);
        }
      }
    }
    report.note(`${polls} polls`);
  });

  await report.expect("each poll went on where the one before ended", () => {
    for (const { requests } of participants) {
      const syncs = answered(requests);
      syncs.slice(1).forEach((sync, i) => assert.equal(sync.query.since, syncs[i].body.next_batch));
    }
  });

  await report.expect("every request was answered with 200 and application/json", () => {
    for (const { requests } of participants) {
      for (const { method, path, status, contentType } of requests.answered()) {
        if (!REFUSED.some((some) => some.test(path))) {
          assert.deepEqual(
            { method, path, status, contentType },
            { method, path, status: 200, contentType: "application/json" },
          );
        }
      }
    }
  });
}

function answered(requests) {
  return requests.to("/sync").filter((sync) => sync.status === 200);
}

function isEmpty(body) {
  const rooms = Object.values(body.rooms ?? {}).flatMap((section) => Object.keys(section));
  const parts = ["presence", "account_data", "to_device"];
  const events = parts.flatMap((part) => body[part]?.events ?? []);
  const users = Object.values(body.device_lists ?? {}).flat();
  return rooms.length + events.length + users.length === 0;
}
