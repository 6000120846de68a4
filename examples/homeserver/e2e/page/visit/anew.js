// Access tokens that are no longer valid, because people were logged out or the server has lost its memory.

import assert from "node:assert/strict";
import { until } from "../browser.js";

export async function play(scene) {
  const { report, visit, homeserver, line, browser } = scene;
  const { tab, one, two } = visit;

  await report.expect("an access token that has expired: the page signs its own people in again", async () => {
    const { token } = await one.kept();
    await visit.ask(one, "POST", "/_matrix/client/v3/logout/all", {});
    await two.says("does she see this?");
    await visit.reads("#notice", /^The access token of alice-\S+ had expired\. The page signed in again, /);
    await one.sees("does she see this?");
    assert.notEqual((await one.kept()).token, token);
    await one.says("she does");
    await two.sees("she does");
  });

  const restart = "a server that is started again with an empty memory: the page promises nothing, and says what to do";
  await report.expect(restart, async () => {
    const { one: other, tab: otherTab } = await browser.open(scene.url);
    const makesNewPerson = async () => {
      await otherTab.type(".one [name=password]", "secret");
      await other.click(".sign [value=register]");
      await other.reads(".who .id", /^@dora:/);
    };
    await otherTab.type(".one [name=name]", "dora");
    await makesNewPerson();
    await other.click(".enter [value=create]");
    await other.reads(".room strong", /^Lounge$/);
    line.cut();
    homeserver.kill();
    const gone = await visit.reads("#notice", /^The server does not answer\./);
    assert.match(gone, /what you send meanwhile waits on this page\.$/);
    await one.says("while it was gone");
    await one.reads(".pending .state", /^not sent yet/);
    await line.lead(await homeserver.start());
    await line.mend();
    for (const half of [one, two]) {
      await half.reads(".sign .wrong", /^The server no longer knows \S+: it was started again, .+ Start with two new/);
    }
    await visit.reads("#notice", /^The server is back, after .+, but the tokens from before are no longer valid\.$/);
    await one.reads(".sign .wrong", /What was not sent stays in the message box\.$/);
    await other.reads(".sign .wrong", /no longer valid.+ If the server has forgotten you, make a new person\.$/);
    await makesNewPerson();
    await until("she is in no room", () => other.look((root) => !root.querySelector(".enter").hidden));
    await visit.start();
    await tab.focus(".one textarea");
    await tab.keyboard.press("Enter");
    await two.sees("while it was gone");
    assert.deepEqual(visit.errors, []);
  });
}
