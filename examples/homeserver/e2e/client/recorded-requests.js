// The function that the SDK sends its requests with: the HTTP library that the SDK comes with,
// with a record kept of each request and its answer.

const request = require("request");

class RecordedRequests {
  constructor() {
    this.all = [];
    this.send = this.send.bind(this);
  }

  // Called by the SDK. Returns what the library returns.
  send(options, callback) {
    const entry = {
      method: options.method,
      path: decodeURIComponent(new URL(options.uri).pathname),
      query: { ...options.qs },
      began: performance.now(),
    };
    this.all.push(entry);
    entry.sent = request(options, (error, response, body) => {
      entry.milliseconds = performance.now() - entry.began;
      entry.error = error;
      entry.status = response?.statusCode;
      entry.contentType = response?.headers["content-type"];
      entry.body = body;
      callback(error, response, body);
    });
    return entry.sent;
  }

  // The requests whose path ends so.
  to(ending) {
    return this.all.filter((entry) => entry.path.endsWith(ending));
  }

  answered() {
    return this.all.filter((entry) => entry.milliseconds !== undefined);
  }

  // Hangs up on whatever has not been answered.
  hangUp() {
    for (const entry of this.all) {
      if (entry.milliseconds === undefined) {
        entry.sent.abort();
      }
    }
  }
}

module.exports = { RecordedRequests };
