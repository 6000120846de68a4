// What people get wrong: the page says what happened and what to do.

import assert from "node:assert/strict";

export async function play({ report, browser, url }) {
  const visit = await browser.open(url);
  const { tab, one, two } = visit;
  const name = `carol-${Date.now()}`;

  await report.expect("a name that is no name, and one that is taken", async () => {
    await tab.type(".one [name=name]", "Not A Name!");
    await tab.type(".one [name=password]", "secret");
    await one.click(".sign [value=register]");
    await one.reads(".sign .wrong", /^This name cannot be used: a user id has neither blanks.+Choose another one\.$/);
    await tab.$eval(".one [name=name]", (input) => (input.value = "a".repeat(300)));
    await one.click(".sign [value=register]");
    await one.reads(".sign .wrong", /^This name cannot be used: a user id has at most 255 bytes\. /);
    await tab.$eval(".one [name=name]", (input) => (input.value = ""));
    await tab.type(".one [name=name]", name);
    await one.click(".sign [value=register]");
    await one.reads(".who .id", new RegExp(`^@${name}:`));
    await tab.type(".two [name=name]", name);
    await tab.type(".two [name=password]", "another");
    await two.click(".sign [value=register]");
    await two.reads(".sign .wrong", /^This name is taken\. Sign in with its password, or choose another name\.$/);
  });

  await report.expect("a wrong password", async () => {
    await two.click(".sign .main");
    await two.reads(".sign .wrong", /^Wrong name or password\. Check both, or make a new person with this name\.$/);
    assert.equal((await two.kept()).token, undefined);
  });

  await report.expect("a room that is not there, one that is no room's name, and none", async () => {
    for (const room of ["!nowhere:localhost", "#nothing:localhost", "<b>room</b>", " "]) {
      await tab.$eval(".one [name=room]", (input) => (input.value = ""));
      await tab.type(".one [name=room]", room);
      await one.click(".enter .main");
      await one.reads(".enter .wrong", /^There is no room .+ may join\. Check its id, .+ or make a new room\.$/);
      await one.look((root) => (root.querySelector(".enter .wrong").textContent = ""));
    }
    assert.equal((await one.kept()).room, undefined);
    await one.click(".enter [value=create]");
    await one.reads(".room strong", /^Lounge$/);
  });

  await report.expect("a message of 64 KiB", async () => {
    await one.puts("x".repeat(64 << 10));
    await one.click(".say .main");
    await one.reads(".say .wrong", /^A message of 64 KiB is too long; 58 KiB is the most\. Shorten it, or send it in /);
    assert.equal(await one.look((root) => root.querySelector("textarea").value.length), 64 << 10, "it stays");
    await one.puts("");
    await one.says("after 64 KiB");
    await one.sees("after 64 KiB");
    await one.reads(".say .wrong", /^$/);
  });

  await report.expect("a text of 10 MiB that is pasted or dropped does not get into the box", async () => {
    for (const inputType of ["insertFromPaste", "insertFromDrop"]) {
      const left = await one.look((root, type) => root.querySelector("textarea").dispatchEvent(
        new InputEvent("beforeinput", { inputType: type, data: "y".repeat(10 << 20), cancelable: true })), inputType);
      assert.equal(left, false);
    }
    await one.reads(".say .wrong", /^A message of 10\.0 MiB is too long; 58 KiB is the most\. /);
  });

  await report.expect("a text that is too long and is entered in one piece does not get into the box", async () => {
    await one.types("a");
    await tab.keyboard.sendCharacter("y".repeat(60_000));
    await one.reads(".say .wrong", /^A message of 59 KiB is too long/);
    assert.equal(await one.look((root) => root.querySelector("textarea").value), "a");
    await tab.keyboard.press("Backspace");
    await one.reads(".say .wrong", /^$/);
  });

  await report.expect("the longest message is sent, and cut where it is shown", async () => {
    await one.puts("z".repeat(59_000));
    await one.click(".say .main");
    await one.sees(`${"z".repeat(2_000)}…Show all 59,000 characters`);
  });

  await report.expect("an access token that has expired: sign in again, and be back in the room", async () => {
    await one.puts("too late");
    await visit.ask(one, "POST", "/_matrix/client/v3/logout/all", {});
    await one.look((root) => root.querySelector(".say").requestSubmit()); // the form may be gone already
    await one.reads(".sign .wrong", /^The access token of .+ is no longer valid\. Sign in again, and you are back /);
    assert.equal(await one.look((root) => root.querySelector("[name=name]").value), name);
    await tab.type(".one [name=password]", "secret");
    await one.click(".sign .main");
    await one.sees("after 64 KiB");
    await tab.focus(".one textarea");
    await tab.keyboard.press("Enter");
    await one.sees("too late");
  });
  assert.deepEqual(visit.errors, []);
  await visit.close();
}
