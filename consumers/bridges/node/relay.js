// What the three programs here do on their SDKs: repeat in one room what people say in the other, and redact the copy
// of what was redacted. Each prints a line for everything that it has done, so that a test can wait for it. It ends at
// the end of its input, so that it does not outlive the test.

const TRIES = 5;
const PAUSE_MS = 50;

export class Relay {
  #others;
  #network;
  #copies = new Map(); // event id of a message -> its copy, as a promise

  // network: isOurs(user)
  //          clientOf(person): the MatrixClient as whom the person speaks
  //          join(person, room): makes that client join the room
  //          say(person, room, text): joins, sends, and resolves to an event id, as the SDK does all this by itself
  constructor(room, otherRoom, network) {
    this.#others = new Map([
      [room, otherRoom],
      [otherRoom, room],
    ]);
    this.#network = network;
  }

  async onEvent(roomId, event) {
    const other = this.#others.get(roomId);
    if (!other || this.#network.isOurs(event.sender)) {
      return;
    }
    const person = event.sender.slice(1).split(":")[0];
    try {
      if (event.type === "m.room.message" && event.content?.body) {
        const say = event.content.body.startsWith("!retry ") ? this.#sayUntilSaid : this.#network.say;
        const copy = say.call(this, person, other, event.content.body, event.event_id);
        this.#copies.set(event.event_id, copy);
        await copy;
        console.log(`said ${event.event_id}`);
      } else if (event.type === "m.room.redaction") {
        const copy = await this.#copies.get(event.redacts ?? event.content.redacts);
        await this.#network.clientOf(person).redactEvent(other, copy);
        console.log(`redacted ${event.event_id}`);
      }
    } catch (error) {
      console.log(`failed ${event.event_id} ${reasonOf(error)}`);
    }
  }

  // What the SDKs leave to the bridge: each step is tried again, and the message under the same transaction id.
  async #sayUntilSaid(person, room, text, eventId) {
    await retried(() => this.#network.join(person, room));
    const [roomPart, txn] = [room, eventId].map(encodeURIComponent);
    const path = `/_matrix/client/v3/rooms/${roomPart}/send/m.room.message/${txn}`;
    const content = { msgtype: "m.text", body: text };
    return retried(async () => {
      const answer = await this.#network.clientOf(person).doRequest("PUT", path, null, content);
      if (!answer.event_id) {
        throw new Error("no event id");
      }
      return answer.event_id;
    });
  }
}

async function retried(step) {
  for (let tries = 1; ; tries++) {
    try {
      return await step();
    } catch (error) {
      if (tries === TRIES) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? PAUSE_MS));
    }
  }
}

function reasonOf(error) {
  return error.errcode ?? error.code ?? error.statusCode ?? error.message;
}

// Starts a program, and stops it at the end of its input.
export async function run(start, stop) {
  process.stdin.on("end", async () => {
    await stop();
    console.log("stopped");
    process.exit();
  });
  process.stdin.resume();
  try {
    await start();
    console.log("ready");
  } catch (error) {
    console.log(`not started: ${reasonOf(error)}`);
    process.exit(1);
  }
}
