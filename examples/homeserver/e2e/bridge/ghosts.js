// Alice invites somebody of the network, who is made for that and joins.

const assert = require("node:assert/strict");
const { within } = require("../client/waiting");

const GHOST = "@net_carol:localhost";

async function play(scene) {
  const { report, alice, network } = scene;
  const carol = () => alice.member(scene.roomId, GHOST);

  await report.expect("alice invites someone of the network: the bridge makes them", async () => {
    const created = alice.sdk.createRoom({ visibility: "private", name: "Bridged" });
    scene.roomId = (await within(60_000, "the new room's id", created)).room_id;
    await alice.until("the room's snapshot", () => alice.syncedRoom(scene.roomId));
    await within(60_000, "the invite", alice.sdk.invite(scene.roomId, GHOST));
    await alice.until("the invite", () => carol());
    const invite = alice
      .streamed(scene.roomId, "m.room.member")
      .find((event) => event.getContent().membership === "invite");
    assert.equal(invite.getContent().displayname, "carol of the network");
  });

  await report.expect("the bridge is told of the invite and the ghost joins", async () => {
    await alice.until("alice sees it", () => carol().membership === "join");
    assert.equal(carol().name, "carol of the network");
    await network.until("the bridge sees it", () => memberships().length >= 2);
    assert.deepEqual(memberships(), ["invite", "join"]);
  });

  await report.expect("nobody else may take such a name", async () => {
    const taken = alice.plain.register("net_dave", "secret");
    const refused = await within(60_000, "the answer", taken.then(() => undefined, (e) => e));
    assert.equal(refused?.errcode, "M_EXCLUSIVE");
    assert.equal(refused.httpStatus, 400);
  });

  function memberships() {
    return network.events
      .filter((event) => event.type === "m.room.member" && event.state_key === GHOST)
      .map((event) => event.content.membership);
  }
}

module.exports = { play, essential: true };
