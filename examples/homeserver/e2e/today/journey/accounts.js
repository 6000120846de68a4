// Two users register, log in, and sync for the first time.

import assert from "node:assert/strict";
import { Participant } from "../client/participant.js";

export async function play(scene) {
  const { report, server, participants } = scene;

  await report.expect("alice and bob register, and log in by name and password", async () => {
    scene.alice = await Participant.join(server, "alice");
    scene.bob = await Participant.join(server, "bob");
    participants.push(scene.alice, scene.bob);
    assert.equal((await scene.alice.sdk.whoami()).device_id, scene.alice.account.device_id);
  });

  await report.expect("both take their first answer, and stay", () =>
    Promise.all([scene.alice.start(), scene.bob.start()]),
  );

  await report.expect("the SDK finds the server's push rules, and changes one", async () => {
    const { sdk } = scene.alice;
    const rule = () => sdk.pushRules.global.underride.find((r) => r.rule_id === ".m.rule.message");
    assert.equal(rule().enabled, true);
    await sdk.setPushRuleEnabled("global", "underride", ".m.rule.message", false);
    await scene.alice.until("the changed rule", () => rule().enabled === false);
    await sdk.setPushRuleEnabled("global", "underride", ".m.rule.message", true);
    await scene.alice.until("the rule as it was", () => rule().enabled === true);
  });
}

export const essential = true;
