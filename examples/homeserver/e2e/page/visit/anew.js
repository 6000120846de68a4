// Access tokens that are no longer valid, because people were logged out or the server has lost its memory.

import assert from "node:assert/strict";

export async function play(scene) {
  const { report, visit, homeserver, line } = scene;
  const { one, two } = visit;

  await report.expect("an access token that has expired: the page signs its own people in again", async () => {
    const { token } = await one.kept();
    await visit.ask(one, "POST", "/_matrix/client/v3/logout/all", {});
    await two.says("does she see this?");
    await visit.reads("#notice", /^The access token of alice-\S+ had expired\. The page signed in again, and goes on\.$/);
    await one.sees("does she see this?");
    assert.notEqual((await one.kept()).token, token);
    await one.says("she does");
    await two.sees("she does");
  });

  await report.expect("a server that has started anew, with an empty memory: both are told to start again", async () => {
    line.cut();
    homeserver.kill();
    await visit.reads("#notice", /^The server does not answer\./);
    await line.lead(await homeserver.start());
    await line.mend();
    for (const half of [one, two]) {
      await half.reads(".sign .wrong", /^The server does not know \S+ any more: it has started anew, .+ Start with two/);
    }
    await visit.start();
    await one.says("anew");
    await two.sees("anew");
    assert.deepEqual(visit.errors, []);
  });
}
