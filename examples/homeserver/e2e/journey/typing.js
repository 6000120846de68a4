// One types, the other sees it begin and end.

const { within } = require("../client/waiting");

async function play({ report, alice, bob, roomId }) {
  const sees = (typing) => () => bob.member(roomId, alice.userId).typing === typing;

  await report.expect("alice types: bob sees it", async () => {
    await within(60_000, "saying so", alice.sdk.sendTyping(roomId, true, 60_000));
    await bob.until("typing", sees(true));
  });

  await report.expect("alice's time runs out: bob sees her stop", async () => {
    await within(60_000, "a new deadline", alice.sdk.sendTyping(roomId, true, 300));
    await bob.until("no longer typing", sees(false));
  });

  await report.expect("alice types again and says that she stops: bob sees both", async () => {
    await within(60_000, "starting", alice.sdk.sendTyping(roomId, true, 60_000));
    await bob.until("typing", sees(true));
    await within(60_000, "stopping", alice.sdk.sendTyping(roomId, false));
    await bob.until("no longer typing", sees(false));
  });
}

module.exports = { play };
