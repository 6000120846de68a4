// The connection between the browser and the homeserver, which a test can cut and mend.

import { once } from "node:events";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";

const { anyPort } = createRequire(import.meta.url)("../port");

export class Line {
  #sockets = new Set();
  #port = anyPort();

  // Connects to a server; returns the base URL for the browser, which stays the same.
  async lead(url) {
    this.target = new URL(url);
    if (!this.server) {
      await this.mend();
    }
    return `http://127.0.0.1:${this.#port}`;
  }

  // Refuses connections, and ends those that there are.
  cut() {
    this.server.close();
    this.#sockets.forEach((socket) => socket.destroy());
  }

  async mend() {
    this.server = createServer((near) => this.#join(near));
    this.server.listen(this.#port, "127.0.0.1");
    await once(this.server, "listening");
  }

  #join(near) {
    const far = connect(this.target.port, this.target.hostname);
    for (const [from, to] of [[near, far], [far, near]]) {
      this.#sockets.add(from);
      from.on("error", () => {}); // "close" follows
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }
}
