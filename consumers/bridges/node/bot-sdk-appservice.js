// A bridge on the Appservice of matrix-bot-sdk:
//   node bot-sdk-appservice.js <server> <room> <other room> <registration file> <port>

import { readFileSync } from "node:fs";
import yaml from "js-yaml";
import bots from "matrix-bot-sdk";
import { Relay, run } from "./relay.js";

const { Appservice, LogLevel, LogService } = bots;
const [server, room, otherRoom, registration, port] = process.argv.slice(2);

LogService.setLevel(LogLevel.WARN);
const appservice = new Appservice({
  homeserverName: "test",
  homeserverUrl: server,
  port: Number(port),
  bindAddress: "127.0.0.1",
  registration: yaml.load(readFileSync(registration, "utf8")),
});

const ghost = (person) => appservice.getIntentForSuffix(person);
const relay = new Relay(room, otherRoom, {
  isOurs: (user) => appservice.isNamespacedUser(user),
  clientOf: (person) => ghost(person).underlyingClient,
  join: (person, to) => ghost(person).ensureRegisteredAndJoined(to),
  say: (person, to, text) => ghost(person).sendText(to, text),
});
appservice.on("room.event", (roomId, event) => relay.onEvent(roomId, event));

await run(
  () => appservice.begin(),
  () => appservice.stop(),
);
