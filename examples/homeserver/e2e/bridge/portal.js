// Bob joins a room of the network by its name; the bridge makes it when he asks.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

const ALIAS = "#net_lobby:localhost";
const CHANNEL = "#net_#chan:localhost"; // of IRC, where a channel's name begins with #
const ODD_GHOST = "net_toto[z]|^"; // as nicknames of IRC may be

async function play({ report, bob, network }) {
  let lobby;
  await report.expect("bob joins a room that is not there: the bridge makes it", async () => {
    const joined = await within(60_000, "the join", bob.sdk.joinRoom(ALIAS));
    lobby = joined.roomId ?? joined.room_id;
    await bob.until("the room's snapshot", () => bob.syncedRoom(lobby));
    const members = bob.syncedRoom(lobby).getJoinedMembers().map((member) => member.userId);
    assert.deepEqual(members.sort(), [bob.userId, "@netbot:localhost"].sort());
  });

  await report.expect("the name is known from then on", async () => {
    const found = await within(60_000, "the answer", bob.sdk.getRoomIdForAlias(ALIAS));
    assert.equal(found.room_id, lobby);
  });

  await report.expect("what bob says there is heard, and answered by a ghost that comes", async () => {
    await within(60_000, "sending", bob.sdk.sendTextMessage(lobby, "anybody here?", "portal-1"));
    await network.until("the message", () => network.said.some(({ room }) => room === lobby));
    await network.say("net_erin", lobby, "all of us");
    const erin = () => bob.streamed(lobby, "m.room.message").map((event) => event.getSender());
    await bob.until("the answer", () => erin().includes("@net_erin:localhost"));
  });

  await report.expect("a channel whose name has a # is a room, and odd names speak there", async () => {
    const joined = await within(60_000, "the join", bob.sdk.joinRoom(CHANNEL));
    const channel = joined.roomId ?? joined.room_id;
    await bob.until("the channel's snapshot", () => bob.syncedRoom(channel));
    const found = await within(60_000, "the answer", bob.sdk.getRoomIdForAlias(CHANNEL));
    assert.equal(found.room_id, channel);
    await network.say(ODD_GHOST, channel, "salut");
    const speakers = () => bob.streamed(channel, "m.room.message").map((event) => event.getSender());
    await bob.until("the message", () => speakers().includes(`@${ODD_GHOST}:localhost`));
  });

  await report.expect("a name that the bridge does not know is not found", async () => {
    const asked = bob.sdk.getRoomIdForAlias("#net_nothing:localhost");
    const refused = await within(60_000, "the answer", asked.then(() => undefined, (e) => e));
    assert.equal(refused?.errcode, "M_NOT_FOUND");
  });
}

module.exports = { play };
