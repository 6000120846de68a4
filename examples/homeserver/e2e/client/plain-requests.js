// Requests that clients of 2015 made and this version of the SDK has no call for; sent by the
// SDK's own HTTP layer.

const { MatrixHttpApi } = require("matrix-js-sdk");

const V1 = "/_matrix/client/api/v1";
const V2_ALPHA = "/_matrix/client/v2_alpha"; // where receipts lived from the first

class PlainRequests {
  constructor(server, requests, account = {}) {
    this.userId = account.user_id;
    this.http = new MatrixHttpApi({
      baseUrl: server,
      request: requests.send,
      accessToken: account.access_token,
      prefix: V1,
      onlyData: true,
    });
  }

  // The SDK registers by the successor of the v1 API.
  register(user, password) {
    const body = { type: "m.login.password", user, password };
    return this.http.request(undefined, "POST", "/register", undefined, body);
  }

  // The SDK sets a presence without a message.
  setStatusMessage(presence, message) {
    const path = `/presence/${encodeURIComponent(this.userId)}/status`;
    const body = { presence, status_msg: message };
    return this.http.authedRequest(undefined, "PUT", path, undefined, body);
  }

  // One event by its id; the SDK has no call for it.
  event(eventId) {
    const path = `/events/${encodeURIComponent(eventId)}`;
    return this.http.authedRequest(undefined, "GET", path);
  }

  // The SDK knows no receipts.
  acknowledge(roomId, eventId) {
    const [room, event] = [roomId, eventId].map(encodeURIComponent);
    const path = `/rooms/${room}/receipt/m.read/${event}`;
    return this.http.authedRequestWithPrefix(undefined, "POST", path, undefined, {}, V2_ALPHA);
  }
}

module.exports = { PlainRequests };
