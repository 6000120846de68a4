// A bot answers once, also what was said while it was away.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { BotProcess } from "../bot/bot-process.js";
import { Participant } from "../client/participant.js";

export async function play(scene) {
  const { report, server, alice } = scene;
  const directory = await mkdtemp(path.join(tmpdir(), "bot-"));
  const { account, userId } = await Participant.join(server, "robot");
  const start = () => new BotProcess(server, account.access_token, path.join(directory, "bot.json"));
  let bot = start();
  process.on("exit", () => bot.process.kill("SIGKILL"));

  try {
    const roomId = await report.expect("a bot joins where it is invited", async () => {
      await bot.said("started");
      const { room_id } = await alice.sdk.createRoom({ invite: [userId] });
      await bot.said(`joined ${room_id}`);
      return room_id;
    });

    const pongs = () =>
      alice
        .live(roomId, "m.room.message")
        .filter((event) => event.getSender() === userId)
        .map((event) => event.getContent().body.split("\n").at(-1));
    const ping = (text) => alice.sdk.sendTextMessage(roomId, `!ping ${text}`);
    const answered = (count) => alice.until(() => `${pongs()}`, () => pongs().length >= count);

    await report.expect("it answers", async () => {
      await ping("one");
      await answered(1);
    });

    await report.expect("it is stopped, starts again, and answers what it missed", async () => {
      await bot.stop();
      await ping("two");
      await ping("three");
      bot = start();
      await answered(3);
    });

    await report.expect("it answers each once, in order", async () => {
      await ping("four");
      await answered(4);
      assert.deepEqual(pongs(), ["pong one", "pong two", "pong three", "pong four"]);
    });

    await report.expect("it is removed, and told so", async () => {
      await alice.sdk.kick(roomId, userId);
      await bot.said(`left ${roomId}`);
    });
  } finally {
    await bot.stop();
    await rm(directory, { recursive: true });
  }
}
