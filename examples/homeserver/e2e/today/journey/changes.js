// What happens to a message after it was sent: an edit, reactions, a redaction.

import assert from "node:assert/strict";

export async function play({ report, alice, bob, roomId }) {
  const message = (viewer, id) => viewer.sdk.getRoom(roomId).findEventById(id);

  const original = await report.expect("alice's message reaches bob", async () => {
    const { event_id } = await alice.sdk.sendTextMessage(roomId, "It rains");
    await bob.until("the message", () => message(bob, event_id));
    return event_id;
  });

  await report.expect("an edit takes its place", async () => {
    const text = "It rained";
    await alice.sdk.sendMessage(roomId, {
      msgtype: "m.text",
      body: `* ${text}`,
      "m.new_content": { msgtype: "m.text", body: text },
      "m.relates_to": { rel_type: "m.replace", event_id: original },
    });
    await bob.until("the edit", () => message(bob, original).getContent().body === text);
    assert.ok(message(bob, original).replacingEventId());
  });

  await report.expect("reactions are counted, and one is taken back", async () => {
    const reaction = { rel_type: "m.annotation", event_id: original, key: "☔" };
    const react = (person) =>
      person.sdk.sendEvent(roomId, "m.reaction", { "m.relates_to": reaction });
    const mine = await react(alice);
    await react(bob);
    const count = (viewer) => {
      const { relations } = viewer.sdk.getRoom(roomId);
      const children = relations.getChildEventsForEvent(original, "m.annotation", "m.reaction");
      const byKey = new Map(children?.getSortedAnnotationsByKey() ?? []);
      return byKey.get("☔")?.size ?? 0;
    };
    await bob.until("two reactions", () => count(bob) === 2);
    await alice.until("two reactions", () => count(alice) === 2);
    await alice.sdk.redactEvent(roomId, mine.event_id);
    await bob.until("one reaction", () => count(bob) === 1);
  });

  await report.expect("a redacted message keeps its place, without what it said", async () => {
    const { event_id } = await bob.sdk.sendTextMessage(roomId, "never mind");
    await alice.until("the message", () => message(alice, event_id));
    await bob.sdk.redactEvent(roomId, event_id);
    await alice.until("the redaction", () => message(alice, event_id).isRedacted());
    assert.deepEqual(message(alice, event_id).getContent(), {});
  });
}
