// The bridge: a process of its own, with npm's matrix-appservice-bridge as bridges of 2016 used it.
//
//   node process.js <directory> <registration file> <homeserver's URL> <port to listen on>
//
// Its parent is the network that it bridges to (network.js): the parent is told what happens in
// rooms, and tells what its people say.

const util = require("node:util");

// What the library's database takes from Node and newer versions do not have.
util.isArray ??= Array.isArray;
util.isDate ??= util.types.isDate;
util.isRegExp ??= util.types.isRegExp;

const path = require("node:path");
const { AppService } = require("matrix-appservice");
const { Bridge } = require("matrix-appservice-bridge");

const [directory, registration, homeserverUrl, port] = process.argv.slice(2);

const appService = new AppService({});

const controller = {
  // Everybody whom somebody asks for is there.
  onUserQuery: (user) => ({ name: `${user.localpart.replace("net_", "")} of the network` }),

  // Every room is, but for those that are called nothing.
  onAliasQuery: (alias, name) =>
    name === "net_nothing"
      ? null
      : { creationOpts: { room_alias_name: name, name, preset: "public_chat" } },

  onEvent: (request) => {
    const event = request.getData();
    const isInvite = event.type === "m.room.member" && event.content.membership === "invite";
    if (isInvite && event.state_key.startsWith("@net_")) {
      bridge.getIntent(event.state_key).join(event.room_id);
    } else if (event.type === "m.room.message") {
      const said = { room: event.room_id, by: event.user_id, text: event.content.body };
      process.send({ said });
    }
    request.resolve();
  },

  onLog: (line, isError) => isError && console.error(line),
};

const bridge = new Bridge({
  homeserverUrl,
  domain: "localhost",
  registration,
  controller,
  userStore: path.join(directory, "users.db"),
  roomStore: path.join(directory, "rooms.db"),
});

// The library listens at once and drops what arrives before its databases are loaded, so that it is
// told to listen only then.
async function start() {
  appService.listen = () => {};
  await bridge.run(0, {}, appService);
  appService.setHomeserverToken(bridge.opts.registration.getHomeserverToken());
  appService.app.listen(Number(port), "127.0.0.1", () => process.send({ listens: true }));
}

async function say({ ghost, room, text }) {
  const sent = await bridge.getIntentFromLocalpart(ghost, null).sendText(room, text);
  return sent.event_id;
}

process.on("message", async ({ id, said }) => {
  try {
    process.send({ id, answer: await say(said) });
  } catch (error) {
    process.send({ id, error: String(error?.message ?? error) });
  }
});
process.on("disconnect", () => process.exit());

appService.on("event", (event) => process.send({ event }));
start();
