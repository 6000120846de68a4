// Chromium, and the homeserver's page in it.

import puppeteer from "puppeteer-core";
import { Half } from "./half.js";

const WITHIN = 60_000; // ms that a test waits for what it expects, on a machine that does much else
const EVERY = 25; // ms

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Waits until a function returns something that is neither false nor empty, and returns that.
export async function until(what, look, within = WITHIN) {
  const deadline = performance.now() + within;
  for (;;) {
    const found = await look();
    if (found) {
      return found;
    }
    if (performance.now() > deadline) {
      throw new Error(`not within ${within} ms: ${what}`);
    }
    await sleep(EVERY);
  }
}

export class Chromium {
  constructor(program) {
    this.program = program;
  }

  async start() {
    this.browser = await puppeteer.launch({
      executablePath: this.program,
      args: ["--no-sandbox", "--disable-dev-shm-usage"], // as in containers: the page is our own
    });
    return this.browser.version();
  }

  // Opens the page as a new visitor, without cookies or stored data.
  async open(url, { width = 1180, height = 820 } = {}) {
    const context = await this.browser.createBrowserContext();
    const tab = await context.newPage();
    await tab.setViewport({ width, height });
    const visit = new Visit(tab, url);
    await visit.begin();
    return visit;
  }

  // Opens the page in another tab or window of the same browser.
  async beside(other, type = "tab") {
    const tab = await other.tab.browserContext().newPage({ type });
    await tab.setViewport(other.tab.viewport());
    const visit = new Visit(tab, other.url);
    await visit.begin();
    return visit;
  }

  // Ends Chromium, and removes its files.
  close() {
    return this.browser.close();
  }

  kill() {
    this.browser?.process()?.kill("SIGKILL");
  }
}

// The page in a tab of its own.
export class Visit {
  constructor(tab, url) {
    Object.assign(this, { tab, url, requests: [], errors: [] });
    this.one = new Half(this, ".one");
    this.two = new Half(this, ".two");
    tab.on("request", (request) => this.requests.push(request.url()));
    tab.on("pageerror", (error) => this.errors.push(error.stack));
  }

  async begin() {
    await this.tab.evaluateOnNewDocument(() => {
      window.violations = [];
      document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.effectiveDirective));
    });
    this.response = await this.tab.goto(`${this.url}/`);
  }

  // Starts with two new people, and waits until both are in the room.
  async start() {
    await this.tab.click("#begin");
    await this.entered();
  }

  async entered() {
    await Promise.all([this.one, this.two].map((half) =>
      until("both are in the room", () => half.look((root) => !root.querySelector(".say").hidden))));
    await until("each has the other's name", async () =>
      (await this.one.text(".peer")).startsWith("Bob") && (await this.two.text(".peer")).startsWith("Alice"));
  }

  text(selector) {
    return this.tab.$eval(selector, (element) => element.textContent);
  }

  // Waits until an element has a text that matches, and returns it.
  async reads(selector, pattern, within) {
    let text = "";
    const found = async () => pattern.test((text = await this.text(selector)));
    await until(`${selector} reads ${pattern}`, found, within).catch((error) => {
      throw new Error(`${error.message}; it reads: ${text}`);
    });
    return text;
  }

  // How far the page is wider than what shows it, in pixels.
  overhang() {
    return this.tab.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
  }

  // Asks the server as one of the two, beside the page.
  async ask(half, method, path, body) {
    return this.askWith((await half.kept()).token, method, path, body);
  }

  async askWith(token, method, path, body) {
    const reply = await fetch(`${this.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      body: body && JSON.stringify(body),
    });
    if (!reply.ok) {
      throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    }
    return reply.json();
  }

  async close() {
    await this.tab.browserContext().close();
  }
}
