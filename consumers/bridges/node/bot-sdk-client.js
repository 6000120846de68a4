// A bot on the MatrixClient of matrix-bot-sdk, which polls with /sync:
//   node bot-sdk-client.js <server> <room> <other room> <access token>

import bots from "matrix-bot-sdk";
import { Relay, run } from "./relay.js";

const { AutojoinRoomsMixin, LogLevel, LogService, MatrixClient } = bots;
const [server, room, otherRoom, token] = process.argv.slice(2);

LogService.setLevel(LogLevel.WARN);
const client = new MatrixClient(server, token);
AutojoinRoomsMixin.setupOnClient(client);
client.on("room.join", (roomId) => console.log(`joined ${roomId}`));

let self;
const relay = new Relay(room, otherRoom, {
  isOurs: (user) => user === self,
  clientOf: () => client,
  join: (person, to) => client.joinRoom(to),
  say: (person, to, text) => client.sendText(to, text),
});
client.on("room.event", (roomId, event) => relay.onEvent(roomId, event));

await run(
  async () => {
    await client.start();
    self = await client.getUserId();
  },
  () => client.stop(),
);
