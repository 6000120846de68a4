// A bot, in a process of its own, written as bots of today are:  node process.js <server> <token> <storage file>
// It joins where it is invited, and answers "!ping <text>" with "pong <text>". It prints a line for each thing it does.

import bots from "matrix-bot-sdk";

const { AutojoinRoomsMixin, LogLevel, LogService, MatrixClient, SimpleFsStorageProvider } = bots;
const [server, token, storage] = process.argv.slice(2);

LogService.setLevel(LogLevel.ERROR);
const client = new MatrixClient(server, token, new SimpleFsStorageProvider(storage));
AutojoinRoomsMixin.setupOnClient(client);

client.on("room.join", (roomId) => console.log(`joined ${roomId}`));
client.on("room.leave", (roomId) => console.log(`left ${roomId}`));
// The SDK does not wait for its listeners: two answers under way at once could arrive in either order.
let answered = Promise.resolve();
client.on("room.message", (roomId, event) => {
  const [command, text] = (event.content?.body ?? "").split(" ", 2);
  if (command === "!ping") {
    answered = answered.then(() => client.replyNotice(roomId, event, `pong ${text}`));
  }
});

// Ends between two answers: the SDK's storage does not survive an end in the middle of writing.
process.on("SIGTERM", () => process.exit());

await client.start();
console.log("started");
