// An encrypted room: the server stores and passes on what it cannot read.

import assert from "node:assert/strict";
import { Participant } from "../client/participant.js";

const MESSAGES = 5;

export async function play(scene) {
  const { report, server, participants } = scene;
  const start = async (person) => {
    participants.push(person);
    await person.sdk.initRustCrypto({ useIndexedDB: false });
    await person.start();
    // What is sent before is not encrypted for this device, which has no keys yet.
    const uploads = () => person.requests.to("/keys/upload");
    await person.until("its keys are uploaded", () => uploads().some(({ status }) => status === 200));
    return person;
  };

  const [carol, dave] = await report.expect("carol and dave start with encryption", async () => [
    await start(await Participant.join(server, "carol")),
    await start(await Participant.join(server, "dave")),
  ]);

  const roomId = await report.expect("carol makes an encrypted room, and dave joins", async () => {
    const content = { algorithm: "m.megolm.v1.aes-sha2" };
    const { room_id } = await carol.sdk.createRoom({
      preset: "private_chat",
      invite: [dave.userId],
      initial_state: [{ type: "m.room.encryption", state_key: "", content }],
    });
    await dave.until("the invite", () => dave.membership(room_id) === "invite");
    await dave.sdk.joinRoom(room_id);
    const daves = () => carol.sdk.getRoom(room_id)?.getMember(dave.userId)?.membership;
    await carol.until("dave", () => daves() === "join");
    await dave.until("the room", () => dave.membership(room_id) === "join");
    return room_id;
  });

  const read = (viewer, sender) =>
    viewer
      .live(roomId, "m.room.message")
      .filter((event) => event.getSender() === sender.userId && !event.isDecryptionFailure())
      .map((event) => event.getContent().body);

  for (const [sender, reader] of Object.entries({ carol: [carol, dave], dave: [dave, carol] })) {
    await report.expect(`what ${sender} sends is read by the other, in order`, async () => {
      const [from, to] = reader;
      const texts = Array.from({ length: MESSAGES }, (_, i) => `secret ${i} of ${sender}`);
      for (const text of texts) {
        await from.sdk.sendTextMessage(roomId, text);
      }
      const soFar = () => `${read(to, from).length} of ${MESSAGES}`;
      await to.until(soFar, () => read(to, from).length >= MESSAGES);
      assert.deepEqual(read(to, from), texts);
    });
  }

  await report.expect("a second device of dave's reads what is sent from then on", async () => {
    const second = await start(await Participant.login(server, "dave"));
    const { device_id } = second.account;
    const queries = () => carol.requests.to("/keys/query").map((query) => query.body?.device_keys);
    const known = () => queries().some((keys) => keys?.[dave.userId]?.[device_id]);
    await carol.until("the keys of the device", known);
    await carol.sdk.sendTextMessage(roomId, "to both devices");
    for (const viewer of [dave, second]) {
      await viewer.until("the message", () => read(viewer, carol).at(-1) === "to both devices");
    }
  });

  await report.expect("the server was given no text", () => {
    const sent = carol.requests.all.filter(({ path }) => path.includes("/send/"));
    assert.ok(sent.length > MESSAGES);
    assert.ok(sent.every(({ path }) => path.includes("/send/m.room.encrypted/")));
    const received = JSON.stringify(dave.requests.to("/sync").map((sync) => sync.body));
    assert.ok(!received.includes("secret 0"));
  });
}
