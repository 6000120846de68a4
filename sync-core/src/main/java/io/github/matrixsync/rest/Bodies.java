package io.github.matrixsync.rest;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.room.EventContext;
import io.github.matrixsync.call.room.JoinedMember;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.encoding.ClientEvents;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.rest.Answer.Insert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the bodies of all answers. Keys come in the order of the examples of the v1 Sync API; where it has none, in
 * alphabetical order, as there. Pure.
 */
final class Bodies {
  private static final int EXPECTED = 256;

  private Bodies() {}

  static Answer events(EventBatch batch) {
    JsonWriter<Insert> body = writer().open();
    body.key("start").text(batch.start().toString());
    body.key("end").text(batch.end().toString());
    addEvents("chunk", batch.chunk(), body);
    return new Answer(200, body.close());
  }

  static Answer event(ClientEvent event) {
    return new Answer(200, writer().gap(Insert.of(event)));
  }

  static Answer initialSync(InitialSync snapshot) {
    JsonWriter<Insert> body = writer().open();
    addAccountData(snapshot.accountData(), body);
    body.key("end").text(snapshot.end().toString());
    addPresenceAndReceipts(snapshot.presence(), snapshot.receipts(), body);
    body.key("rooms").openList();
    for (RoomSnapshot room : snapshot.rooms()) {
      body.open();
      addInviteAndMessages(room, body);
      addIdAndState(room, body);
      body.close();
    }
    return new Answer(200, body.closeList().close());
  }

  static Answer roomInitialSync(RoomInitialSync snapshot) {
    JsonWriter<Insert> body = writer().open();
    addInviteAndMessages(snapshot.room(), body);
    addPresenceAndReceipts(snapshot.presence(), snapshot.receipts(), body);
    addIdAndState(snapshot.room(), body);
    return new Answer(200, body.close());
  }

  static Answer messages(MessagePage page) {
    JsonWriter<Insert> body = writer();
    addPage(page, body);
    return new Answer(200, body);
  }

  /** Writes a page without {@code end} if it is the last. */
  static Answer filteredMessages(MessagePage page) {
    JsonWriter<Insert> body = writer().open();
    addEvents("chunk", page.chunk(), body);
    if (!page.isLast()) {
      body.key("end").text(page.end().toString());
    }
    body.key("start").text(page.start().toString());
    if (!page.state().isEmpty()) {
      addEvents("state", page.state(), body);
    }
    return new Answer(200, body.close());
  }

  static Answer context(EventContext context) {
    JsonWriter<Insert> body = writer().open();
    body.key("end").text(context.end().toString());
    body.key("event").gap(Insert.of(context.event()));
    addEvents("events_after", context.after(), body);
    addEvents("events_before", context.before(), body);
    body.key("start").text(context.start().toString());
    addEvents("state", context.state(), body);
    return new Answer(200, body.close());
  }

  static Answer list(List<ClientEvent> events) {
    JsonWriter<Insert> body = writer();
    writeList(events, body);
    return new Answer(200, body);
  }

  static Answer chunk(List<ClientEvent> events) {
    JsonWriter<Insert> body = writer().open();
    addEvents("chunk", events, body);
    return new Answer(200, body.close());
  }

  static Answer joinedMembers(List<JoinedMember> members) {
    JsonWriter<Insert> body = writer().open().key("joined").open();
    for (JoinedMember member : members) {
      body.key(member.user().value()).open();
      member.avatarUrl().ifPresent(url -> body.key("avatar_url").text(url));
      member.displayName().ifPresent(name -> body.key("display_name").text(name));
      body.close();
    }
    return new Answer(200, body.close().close());
  }

  static Answer joinedRooms(Set<RoomId> rooms) {
    JsonWriter<Insert> body = writer().open().key("joined_rooms").openList();
    rooms.forEach(room -> body.text(room.value()));
    return new Answer(200, body.closeList().close());
  }

  static Answer filterId(String id) {
    return new Answer(200, writer().open().key("filter_id").text(id).close());
  }

  static Answer json(RawJson json) {
    return new Answer(200, writer().value(json));
  }

  /** Unknown and forbidden events have the same answer, so that a client cannot find out which events exist. */
  static Answer eventNotFound() {
    return error(404, "M_NOT_FOUND", "Event not found");
  }

  /**
   * Returns an error.
   *
   * @param message may hold what a client sent; a lone surrogate in it becomes a question mark
   */
  static Answer error(int status, String errcode, String message) {
    return new Answer(status, openError(errcode, message).close());
  }

  /** Returns the error of one request too many. */
  static Answer limitExceeded(String message, Duration retryAfter) {
    JsonWriter<Insert> body = openError("M_LIMIT_EXCEEDED", message);
    body.key("retry_after_ms").number(retryAfter.toMillis());
    return new Answer(429, body.close());
  }

  /** Writes a list of events, of which each is shared with other answers, or all of them together. */
  static void writeList(List<ClientEvent> events, JsonWriter<Insert> body) {
    if (events instanceof ClientEvents whole) {
      body.gap(Insert.of(whole));
    } else {
      body.openList();
      events.forEach(event -> body.gap(Insert.of(event)));
      body.closeList();
    }
  }

  private static JsonWriter<Insert> writer() {
    return new JsonWriter<>(EXPECTED);
  }

  private static JsonWriter<Insert> openError(String errcode, String message) {
    byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
    JsonWriter<Insert> body = writer().open();
    body.key("errcode").text(errcode);
    body.key("error").text(new String(utf8, StandardCharsets.UTF_8));
    return body;
  }

  private static void addEvents(String key, List<ClientEvent> events, JsonWriter<Insert> body) {
    writeList(events, body.key(key));
  }

  private static void addAccountData(
      Optional<List<ClientEvent>> accountData, JsonWriter<Insert> body) {
    accountData.ifPresent(entries -> addEvents("account_data", entries, body));
  }

  private static void addInviteAndMessages(RoomSnapshot room, JsonWriter<Insert> body) {
    addAccountData(room.accountData(), body);
    room.invite().ifPresent(invite -> body.key("invite").gap(Insert.of(invite)));
    room.inviter().ifPresent(inviter -> body.key("inviter").text(inviter.value()));
    room.membership().ifPresent(mine -> body.key("membership").text(mine.value()));
    room.messages().ifPresent(page -> addPage(page, body.key("messages")));
  }

  private static void addPresenceAndReceipts(
      List<ClientEvent> presence, Optional<List<ClientEvent>> receipts, JsonWriter<Insert> body) {
    addEvents("presence", presence, body);
    receipts.ifPresent(entries -> addEvents("receipts", entries, body));
  }

  /** The state comes where messages do: a room in which the viewer never was has neither. */
  private static void addIdAndState(RoomSnapshot room, JsonWriter<Insert> body) {
    body.key("room_id").text(room.room().value());
    if (room.messages().isPresent()) {
      addEvents("state", room.state(), body);
    }
    body.key("visibility").text(room.published() ? "public" : "private");
  }

  private static void addPage(MessagePage page, JsonWriter<Insert> body) {
    addEvents("chunk", page.chunk(), body.open());
    body.key("end").text(page.end().toString());
    body.key("start").text(page.start().toString());
    body.close();
  }
}
