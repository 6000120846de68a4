// Two users register, log in, and begin to listen.

const assert = require("node:assert/strict");
const sdk = require("matrix-js-sdk");
const { Participant } = require("../client/participant");
const { PlainRequests } = require("../client/plain-requests");
const { RecordedRequests } = require("../client/recorded-requests");
const { within } = require("../client/waiting");

const PASSWORD = "correct horse battery staple";

async function play(scene) {
  const { server, report } = scene;
  const run = Date.now().toString(36); // so that a server can be used twice

  // A further client of a user; it has not started.
  scene.logIn = async (user) => {
    const requests = new RecordedRequests();
    const client = sdk.createClient({ baseUrl: server, request: requests.send });
    const login = client.loginWithPassword(user, PASSWORD);
    const account = await within(60_000, `the login of ${user}`, login);
    const participant = new Participant(server, account);
    scene.participants.push(participant);
    return participant;
  };

  for (const name of ["alice", "bob"]) {
    const user = `${name}-${run}`;
    await report.expect(`${name} registers`, async () => {
      const plain = new PlainRequests(server, new RecordedRequests());
      const account = await within(60_000, "registration", plain.register(user, PASSWORD));
      assert.match(account.user_id, new RegExp(`^@${user}:.`));
      assert.ok(account.access_token, "there is an access token");
    });
    await report.expect(`${name} logs in and starts in no room`, async () => {
      scene[name] = await scene.logIn(user);
      await scene[name].start();
      assert.deepEqual(scene[name].sdk.getRooms(), []);
    });
  }
}

module.exports = { play, essential: true };
