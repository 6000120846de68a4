// One user at one client: the SDK's client, and everything that it saw and asked.

import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { RecordedRequests } from "./recorded-requests.js";
import { SavedStore } from "./saved-store.js";
import { within } from "./waiting.js";

logger.methodFactory = () => () => {};
logger.rebuild();

// What the SDK emits once its models hold what came.
const SIGNALS = [
  sdk.ClientEvent.Sync,
  sdk.ClientEvent.Room,
  sdk.ClientEvent.AccountData,
  sdk.RoomEvent.Timeline,
  sdk.RoomEvent.Receipt,
  sdk.RoomEvent.MyMembership,
  sdk.RoomEvent.Name,
  sdk.RoomMemberEvent.Typing,
  sdk.RoomMemberEvent.Membership,
  sdk.RoomStateEvent.Events,
  sdk.MatrixEventEvent.Decrypted,
  sdk.MatrixEventEvent.Replaced,
  sdk.UserEvent.Presence,
];

const LIMIT = 20; // of the timeline of each room in the first answer; later ones have the server's 10

export class Participant {
  // account: {user_id, access_token, device_id}, the answer to a login; saved: what an earlier run kept
  constructor(server, account, saved) {
    this.server = server;
    this.account = account;
    this.userId = account.user_id;
    this.requests = new RecordedRequests();
    this.store = new SavedStore(saved);
    this.sdk = sdk.createClient({
      baseUrl: server,
      userId: account.user_id,
      deviceId: account.device_id,
      accessToken: account.access_token,
      fetchFn: this.requests.send,
      store: this.store,
      timelineSupport: true,
    });
  }

  // Registers a user, and logs in by name and password as clients do.
  static async join(server, name) {
    const nobody = sdk.createClient({ baseUrl: server });
    const password = `${name}'s password`;
    const auth = { type: "m.login.dummy" };
    await nobody.registerRequest({ username: name, password, auth, inhibit_login: true });
    return Participant.login(server, name);
  }

  static async login(server, name) {
    const nobody = sdk.createClient({ baseUrl: server });
    const account = await nobody.loginRequest({
      type: "m.login.password",
      identifier: { type: "m.id.user", user: name },
      password: `${name}'s password`,
      initial_device_display_name: `${name}'s client`,
    });
    return new Participant(server, account);
  }

  // Begins to sync, and waits for the first answer; after a restart for the first one beyond what was kept.
  async start() {
    const synced = (state) => state === sdk.SyncState.Syncing;
    const first = this.until("the first answer", () => synced(this.sdk.getSyncState()));
    await this.sdk.startClient({ initialSyncLimit: LIMIT, lazyLoadMembers: true });
    await first;
  }

  stop() {
    this.sdk.stopClient();
  }

  // Returns the same client as it starts again later with what it kept. This one must be stopped.
  restarted() {
    return new Participant(this.server, this.account, this.store.save());
  }

  // Waits until the condition holds; looks again whenever the SDK took something in.
  until(what, condition, milliseconds) {
    let look;
    const met = new Promise((resolve, reject) => {
      look = () => {
        try {
          if (condition()) {
            resolve();
          }
        } catch (error) {
          reject(error);
        }
      };
    });
    SIGNALS.forEach((signal) => this.sdk.on(signal, look));
    this.requests.onAnswer.add(look);
    look();
    return within(milliseconds, what, met).finally(() => {
      SIGNALS.forEach((signal) => this.sdk.removeListener(signal, look));
      this.requests.onAnswer.delete(look);
    });
  }

  membership(roomId) {
    return this.sdk.getRoom(roomId)?.getMyMembership();
  }

  // The events of one room as its live timeline holds them now.
  live(roomId, type) {
    const events = this.sdk.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
    return events.filter((event) => !type || event.getType() === type);
  }
}
