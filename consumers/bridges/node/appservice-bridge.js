// A bridge on the Bridge of matrix-appservice-bridge:
//   node appservice-bridge.js <server> <room> <other room> <registration file> <port>

import bridges from "matrix-appservice-bridge";
import { Relay, run } from "./relay.js";

const { Bridge, Logger } = bridges;
const [server, room, otherRoom, registration, port] = process.argv.slice(2);

Logger.configure({ console: "warn" });
const bridge = new Bridge({
  homeserverUrl: server,
  domain: "test",
  registration,
  disableStores: true,
  controller: {
    onEvent: (request) => {
      const event = request.getData();
      return relay.onEvent(event.room_id, event);
    },
    onUserQuery: () => null,
  },
});

const ghost = (person) => bridge.getIntentFromLocalpart(`irc_${person}`);
const relay = new Relay(room, otherRoom, {
  isOurs: (user) => user === bridge.botUserId || user.startsWith("@irc_"),
  clientOf: (person) => ghost(person).matrixClient,
  join: (person, to) => ghost(person).join(to),
  say: async (person, to, text) => (await ghost(person).sendText(to, text)).event_id,
});

await run(
  () => bridge.run(Number(port), undefined, "127.0.0.1"),
  () => bridge.close(),
);
