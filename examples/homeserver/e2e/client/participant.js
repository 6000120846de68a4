// One user at one client: the SDK's client, and everything that it saw and asked.

const sdk = require("matrix-js-sdk");
const { PlainRequests } = require("./plain-requests");
const { RecordedRequests } = require("./recorded-requests");
const { conditionMet } = require("./waiting");

class Participant {
  // account: {user_id, access_token}, the answer to a login
  constructor(server, account) {
    this.userId = account.user_id;
    this.requests = new RecordedRequests();
    this.sdk = sdk.createClient({
      baseUrl: server,
      userId: account.user_id,
      accessToken: account.access_token,
      request: this.requests.send,
    });
    this.plain = new PlainRequests(server, this.requests, account);
    this.fromSnapshot = []; // what the first /initialSync held, as the SDK's events
    this.fromStream = []; // what came by /events since, in order
    let caughtUp = false;
    this.sdk.on("syncComplete", () => (caughtUp = true));
    this.sdk.on("event", (event) => (caughtUp ? this.fromStream : this.fromSnapshot).push(event));
  }

  // Takes the snapshot, with so many messages of each room, and begins to poll.
  async start(messagesOfEachRoom) {
    let complete = false;
    this.sdk.once("syncComplete", () => (complete = true));
    this.sdk.startClient(messagesOfEachRoom);
    await this.until("the first snapshot", () => complete);
  }

  stop() {
    this.sdk.stopClient();
    this.requests.hangUp();
  }

  // Waits until the condition holds; looks again whenever the SDK took something in.
  until(what, condition, milliseconds) {
    return conditionMet(this.sdk, what, condition, milliseconds);
  }

  // The room with its state, or undefined while the SDK has not synchronized it.
  syncedRoom(roomId) {
    const room = this.sdk.getRoom(roomId);
    return room?.oldState.paginationToken ? room : undefined;
  }

  member(roomId, userId) {
    return this.sdk.getRoom(roomId)?.getMember(userId) ?? undefined;
  }

  // The events of one room that came by /events: each has an id, unlike typing and receipts.
  streamed(roomId, type) {
    const ofRoom = this.fromStream.filter((event) => event.getRoomId() === roomId && event.getId());
    return type ? ofRoom.filter((event) => event.getType() === type) : ofRoom;
  }
}

module.exports = { Participant };
