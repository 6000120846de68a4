// Beside the messages: typing, receipts, read markers, presence, account data, tags.

import assert from "node:assert/strict";

export async function play({ report, alice, bob, roomId }) {
  await report.expect("alice sees bob typing, and stop", async () => {
    const typing = () => alice.sdk.getRoom(roomId).getMember(bob.userId).typing;
    await bob.sdk.sendTyping(roomId, true, 30_000);
    await alice.until("bob is typing", () => typing());
    await bob.sdk.sendTyping(roomId, false, 0);
    await alice.until("bob has stopped", () => !typing());
  });

  await report.expect("alice sees how far bob has read", async () => {
    const last = bob.live(roomId, "m.room.message").at(-1);
    await bob.sdk.sendReadReceipt(last);
    const hasRead = () => alice.sdk.getRoom(roomId).hasUserReadEvent(bob.userId, last.getId());
    await alice.until("the receipt", hasRead);
  });

  await report.expect("a private receipt stays private; a read marker comes back", async () => {
    const last = alice.live(roomId, "m.room.message").at(-1);
    await alice.sdk.setRoomReadMarkers(roomId, last.getId(), undefined, last);
    const marker = () => alice.sdk.getRoom(roomId).getAccountData("m.fully_read")?.getContent();
    await alice.until("the marker", () => marker()?.event_id === last.getId());
    const { event_id } = await alice.sdk.sendTextMessage(roomId, "did you see that I read it?");
    await bob.until("the question", () => bob.live(roomId).some((e) => e.getId() === event_id));
    const received = bob.requests
      .to("/sync")
      .flatMap((sync) => sync.body?.rooms?.join?.[roomId]?.ephemeral?.events ?? []);
    assert.ok(!JSON.stringify(received).includes("m.read.private"));
  });

  await report.expect("alice sees bob's status", async () => {
    await bob.sdk.setPresence({ presence: "unavailable", status_msg: "in the shed" });
    const status = () => alice.sdk.getUser(bob.userId)?.presenceStatusMsg;
    await alice.until("the status", () => status() === "in the shed");
  });

  await report.expect("account data and a tag come back to the own client", async () => {
    await alice.sdk.setAccountData("org.example.colour", { colour: "green" });
    const colour = () => alice.sdk.getAccountData("org.example.colour")?.getContent().colour;
    await alice.until("the colour", () => colour() === "green");
    await alice.sdk.setRoomTag(roomId, "m.favourite", { order: 0.5 });
    await alice.until("the tag", () => "m.favourite" in alice.sdk.getRoom(roomId).tags);
  });
}
