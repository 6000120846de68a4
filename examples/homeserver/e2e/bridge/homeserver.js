// A homeserver that is started for a journey.

const { spawn } = require("node:child_process");
const { EventEmitter } = require("node:events");
const { conditionMet, within } = require("../client/waiting");

const READY = /^homeserver ready on (\S+)$/m;
const READY_WITHIN_MILLISECONDS = 60_000;

class Homeserver extends EventEmitter {
  constructor([program, ...options]) {
    super();
    this.program = program;
    this.options = options;
    this.log = "";
  }

  // Returns the base URL, once the server listens there.
  start(...more) {
    const options = [...this.options, "--host", "127.0.0.1", "--port", "0", ...more];
    this.process = spawn(this.program, options, {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process.stderr.on("data", (text) => {
      this.log += text;
      this.emit("event");
    });
    let written = "";
    const ready = new Promise((resolve, reject) => {
      this.process.stdout.on("data", (text) => {
        written += text;
        const url = READY.exec(written)?.[1];
        if (url) {
          resolve(url);
        }
      });
      this.process.on("error", reject);
      this.process.on("exit", (status) => reject(new Error(`the server ended with ${status}`)));
    });
    return within(READY_WITHIN_MILLISECONDS, "the server is ready", ready);
  }

  // Waits until the condition holds; looks again whenever the server wrote something.
  until(what, condition) {
    return conditionMet(this, what, condition);
  }

  // What it said of application services, the newest last.
  remarks() {
    const written = this.log.split("\n").slice(0, -1); // the last line may be half of one
    return written.filter((line) => line.includes("application service"));
  }

  kill() {
    this.process?.kill("SIGKILL"); // it keeps nothing that could be lost
  }
}

module.exports = { Homeserver };
