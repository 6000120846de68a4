// Starts and ends the bot's process, and reads what it prints.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { within } from "../client/waiting.js";

const PROGRAM = fileURLToPath(new URL("process.js", import.meta.url));

export class BotProcess {
  lines = [];
  errors = "";

  constructor(...settings) {
    this.process = spawn(process.execPath, ["--no-deprecation", PROGRAM, ...settings], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.output = createInterface(this.process.stdout);
    this.output.on("line", (line) => this.lines.push(line));
    this.process.stderr.on("data", (data) => (this.errors += data));
  }

  // Waits until the bot has printed a line.
  async said(line) {
    const printed = new Promise((resolve) => {
      const look = () => this.lines.includes(line) && resolve();
      this.output.on("line", look);
      look();
    });
    await within(undefined, () => `the bot's "${line}"; it wrote: ${this.errors}`, printed);
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, "exit");
      this.process.kill("SIGTERM");
      await ended;
    }
  }
}
