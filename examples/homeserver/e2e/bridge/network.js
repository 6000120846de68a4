// The network on the other side of the bridge: its people speak, and hear what is said in rooms.
// It runs the bridge as a process, which may end and come again.

const { fork } = require("node:child_process");
const { EventEmitter, once } = require("node:events");
const path = require("node:path");
const { AppServiceRegistration } = require("matrix-appservice-bridge");
const { conditionMet, within } = require("../client/waiting");
const { anyPort } = require("../port");

class Network extends EventEmitter {
  constructor(directory) {
    super();
    this.directory = directory;
    this.registration = path.join(directory, "registration.yaml");
    this.port = anyPort();
    this.events = []; // every event that the bridge was handed, in order
    this.said = []; // what others than ghosts said: {room, by, text}, in order
    this.log = "";
    this.calls = new Map();
  }

  // Starts the bridge, which knows its homeserver before it listens.
  async launch(homeserver) {
    const file = path.join(__dirname, "process.js");
    this.bridge = fork(file, [this.directory, this.registration, homeserver, this.port], {
      execArgv: ["--no-deprecation"],
      silent: true,
    });
    this.bridge.stdout.on("data", (text) => (this.log += text));
    this.bridge.stderr.on("data", (text) => (this.log += text));
    const listening = new Promise((resolve, reject) => {
      this.bridge.on("message", (message) => this.#take(message, resolve));
      this.bridge.on("exit", () => reject(new Error("the bridge has ended")));
    });
    await within(60_000, "the bridge listens", listening);
  }

  // Has somebody of the network speak in a room; returns the event's id.
  say(ghost, room, text) {
    return this.#ask({ ghost, room, text });
  }

  // Waits until the condition holds; looks again whenever the bridge was told something.
  until(what, condition, milliseconds) {
    return conditionMet(this, what, condition, milliseconds);
  }

  // The messages that the bridge was handed, echoes of its ghosts' among them.
  messages(room) {
    return this.events.filter((event) => event.type === "m.room.message" && event.room_id === room);
  }

  async stop() {
    this.bridge.kill("SIGKILL");
    await within(60_000, "the bridge's end", once(this.bridge, "exit"));
  }

  kill() {
    this.bridge?.kill("SIGKILL");
  }

  // Writes the registration as the library does.
  register() {
    const registration = new AppServiceRegistration(`http://127.0.0.1:${this.port}`);
    registration.setId("network");
    registration.setHomeserverToken(AppServiceRegistration.generateToken());
    registration.setAppServiceToken(AppServiceRegistration.generateToken());
    registration.setSenderLocalpart("netbot");
    registration.addRegexPattern("users", "@net_.*", true);
    registration.addRegexPattern("aliases", "#net_.*", true);
    registration.outputAsYaml(this.registration);
  }

  #ask(said) {
    const id = this.calls.size;
    const answer = new Promise((resolve, reject) => this.calls.set(id, { resolve, reject }));
    this.bridge.send({ id, said });
    return within(60_000, "the bridge's answer", answer);
  }

  #take({ listens, event, said, id, answer, error }, listening) {
    if (listens) {
      listening();
    } else if (event) {
      this.events.push(event);
    } else if (said) {
      this.said.push(said);
    } else if (error) {
      this.calls.get(id).reject(new Error(`the bridge says: ${error}`));
    } else {
      this.calls.get(id).resolve(answer);
    }
    this.emit("event");
  }
}

module.exports = { Network };
