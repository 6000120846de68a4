// What a client keeps between two runs, as the SDK's store in a browser does: the accumulated answers, the token, and
// the members that it fetched. It is a text, so that nothing of the first run reaches the second one by reference.

import { MemoryStore } from "matrix-js-sdk";
import { SyncAccumulator } from "matrix-js-sdk/lib/sync-accumulator.js";

export class SavedStore extends MemoryStore {
  #accumulator = new SyncAccumulator();
  #members = new Map();

  // saved: what save() of an earlier run returned
  constructor(saved) {
    super();
    if (saved) {
      const { sync, members } = JSON.parse(saved);
      this.#accumulator.accumulate(
        {
          next_batch: sync.nextBatch,
          rooms: sync.roomsData,
          account_data: { events: sync.accountData },
        },
        true,
      );
      this.#members = new Map(members);
    }
  }

  save() {
    return JSON.stringify({ sync: this.#accumulator.getJSON(), members: [...this.#members] });
  }

  async setSyncData(answer) {
    this.#accumulator.accumulate(answer);
  }

  async getSavedSync() {
    const sync = this.#accumulator.getJSON();
    return sync.nextBatch ? JSON.parse(JSON.stringify(sync)) : null;
  }

  async getSavedSyncToken() {
    return this.#accumulator.getNextBatchToken();
  }

  async getOutOfBandMembers(roomId) {
    return this.#members.get(roomId) ?? null;
  }

  async setOutOfBandMembers(roomId, members) {
    this.#members.set(roomId, members);
  }

  async clearOutOfBandMembers(roomId) {
    this.#members.delete(roomId);
  }
}
