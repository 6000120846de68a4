// What was expected, whether it came true, and how long that took: one line each.

const { inspect } = require("node:util");

class Report {
  constructor() {
    this.began = performance.now();
    this.met = 0;
    this.failed = [];
  }

  // Runs the body and prints a line; what the body throws is printed, counted and thrown on.
  async expect(what, body) {
    const began = performance.now();
    try {
      const answer = await body();
      this.met++;
      this.#line("ok", began, what);
      return answer;
    } catch (error) {
      this.failed.push(what);
      this.#line("FAILED", began, what);
      console.log(indented(error.stack ?? inspect(error)));
      error.reported = true;
      throw error;
    }
  }

  note(text) {
    console.log(`${" ".repeat(19)}${text}`);
  }

  // Prints the counts; returns whether all went well.
  finish() {
    const seconds = ((performance.now() - this.began) / 1000).toFixed(1);
    const failures = this.failed.length;
    console.log(`\n${this.met} expectations met, ${failures} failed, in ${seconds} s`);
    this.failed.forEach((what) => console.log(`  failed: ${what}`));
    return failures === 0 && this.met > 0;
  }

  #line(result, began, what) {
    const took = `${Math.round(performance.now() - began)} ms`;
    console.log(`${result.padStart(6)} ${took.padStart(10)}  ${what}`);
  }
}

function indented(text) {
  return text.replace(/^/gm, " ".repeat(19));
}

module.exports = { Report };
