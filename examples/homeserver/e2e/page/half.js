// One half of the page: a person with a client.

import { until } from "./browser.js";

export class Half {
  constructor(visit, root) {
    Object.assign(this, { visit, root });
  }

  // Looks at the half in the page.
  look(body, ...more) {
    return this.visit.tab.$eval(this.root, body, ...more);
  }

  text(part) {
    return this.visit.text(`${this.root} ${part}`);
  }

  reads(part, pattern, within) {
    return this.visit.reads(`${this.root} ${part}`, pattern, within);
  }

  // Has the texts of a part recorded from now on, so that none is missed that soon goes away again.
  watches(part) {
    return this.look((root, selector) => {
      const element = root.querySelector(selector);
      const texts = [];
      new MutationObserver(() => texts.push(element.textContent))
        .observe(element, { childList: true, characterData: true, subtree: true });
      window.watched = { ...window.watched, [selector]: texts };
    }, part);
  }

  // Waits until a part that one half watches has had a text that matches.
  showed(part, pattern) {
    const texts = () => this.visit.tab.evaluate((selector) => window.watched[selector], part);
    return until(`${part} showed ${pattern}`, async () => (await texts()).some((text) => pattern.test(text)));
  }

  // What the page keeps of the person: user, token, room.
  kept() {
    const key = this.root.slice(1);
    return this.visit.tab.evaluate((name) => JSON.parse(sessionStorage.getItem(name) ?? "{}"), key);
  }

  types(text) {
    return this.visit.tab.type(`${this.root} textarea`, text);
  }

  // Enters a text at once, and sends it.
  async says(text) {
    const { tab } = this.visit;
    await tab.focus(`${this.root} textarea`);
    await tab.keyboard.sendCharacter(text);
    await tab.keyboard.press("Enter");
  }

  // Sets the text of the message without typing.
  puts(text) {
    return this.look((root, value) => {
      root.querySelector("textarea").value = value;
    }, text);
  }

  click(part) {
    return this.visit.tab.click(`${this.root} ${part}`);
  }

  chooses(presence) {
    return this.visit.tab.select(`${this.root} .who select`, presence);
  }

  async signsIn(name, password) {
    await this.visit.tab.type(`${this.root} [name=name]`, name);
    await this.visit.tab.type(`${this.root} [name=password]`, password);
    await this.click(".sign .main");
  }

  // The messages that it shows, in order, each with its event id and whether it is the person's own.
  messages() {
    return this.look((root) => [...root.querySelectorAll(".events li:not(.note)")].map((line) => ({
      id: line.dataset.event,
      text: line.querySelector(".said").textContent,
      own: line.classList.contains("own"),
    })));
  }

  // Waits until it shows a message of this text, and returns that.
  sees(text, within) {
    const shown = async () => (await this.messages()).findLast((message) => message.text === text);
    return until(`${this.root} shows ${text.slice(0, 80)}`, shown, within);
  }
}
