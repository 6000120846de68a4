// The function that the SDK sends its requests with: fetch, with a record kept of each request and its answer.

export class RecordedRequests {
  all = [];
  onAnswer = new Set(); // called when an answer is there

  // Called by the SDK. Returns what fetch returns.
  send = async (url, options = {}) => {
    const address = new URL(url);
    const entry = {
      method: options.method ?? "GET",
      path: decodeURIComponent(address.pathname),
      query: Object.fromEntries(address.searchParams),
      began: performance.now(),
    };
    this.all.push(entry);
    const answer = await fetch(url, options);
    const text = await answer.clone().text();
    entry.milliseconds = performance.now() - entry.began;
    entry.status = answer.status;
    entry.contentType = answer.headers.get("content-type");
    entry.body = text ? JSON.parse(text) : undefined;
    this.onAnswer.forEach((listener) => setImmediate(listener));
    return answer;
  };

  // The requests whose path ends so.
  to(ending) {
    return this.all.filter((entry) => entry.path.endsWith(ending));
  }

  answered() {
    return this.all.filter((entry) => entry.milliseconds !== undefined);
  }
}
