package io.github.matrixsync.rest;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.ClientEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The bodies of all answers. Keys come in the order of the examples of the v1 Sync API; where it
 * has none, in that of the alphabet, as there. Pure.
 */
final class Bodies {
  private Bodies() {}

  static RestResponse events(EventBatch batch) {
    return new BodyBuffer()
        .openObject()
        .key("start")
        .text(batch.start().toString())
        .key("end")
        .text(batch.end().toString())
        .key("chunk")
        .events(batch.chunk())
        .closeObject()
        .answer(200);
  }

  static RestResponse event(ClientEvent event) {
    return new BodyBuffer().event(event).answer(200);
  }

  static RestResponse initialSync(InitialSync snapshot) {
    BodyBuffer body = new BodyBuffer().openObject();
    addAccountData(snapshot.accountData(), body);
    body.key("end").text(snapshot.end().toString());
    addPresenceAndReceipts(snapshot.presence(), snapshot.receipts(), body);
    body.key("rooms").openList();
    for (RoomSnapshot room : snapshot.rooms()) {
      body.openObject();
      addInviteAndMessages(room, body);
      addIdAndState(room, body);
      body.closeObject();
    }
    return body.closeList().closeObject().answer(200);
  }

  static RestResponse roomInitialSync(RoomInitialSync snapshot) {
    BodyBuffer body = new BodyBuffer().openObject();
    addInviteAndMessages(snapshot.room(), body);
    addPresenceAndReceipts(snapshot.presence(), snapshot.receipts(), body);
    addIdAndState(snapshot.room(), body);
    return body.closeObject().answer(200);
  }

  static RestResponse messages(MessagePage page) {
    BodyBuffer body = new BodyBuffer();
    addPage(page, body);
    return body.answer(200);
  }

  /**
   * Returns an error.
   *
   * @param message may hold what a client sent; a lone surrogate in it becomes a question mark
   */
  static RestResponse error(int status, String errcode, String message) {
    return openError(errcode, message).closeObject().answer(status);
  }

  /** Returns the error of one request too many. */
  static RestResponse limitExceeded(String message, Duration retryAfter) {
    return openError("M_LIMIT_EXCEEDED", message)
        .key("retry_after_ms")
        .number(retryAfter.toMillis())
        .closeObject()
        .answer(429);
  }

  private static BodyBuffer openError(String errcode, String message) {
    byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
    return new BodyBuffer()
        .openObject()
        .key("errcode")
        .text(errcode)
        .key("error")
        .text(new String(utf8, StandardCharsets.UTF_8));
  }

  private static void addAccountData(Optional<List<ClientEvent>> accountData, BodyBuffer body) {
    accountData.ifPresent(entries -> body.key("account_data").events(entries));
  }

  private static void addInviteAndMessages(RoomSnapshot room, BodyBuffer body) {
    addAccountData(room.accountData(), body);
    room.invite().ifPresent(invite -> body.key("invite").event(invite));
    room.inviter().ifPresent(inviter -> body.key("inviter").text(inviter.value()));
    room.membership().ifPresent(mine -> body.key("membership").text(mine.value()));
    room.messages().ifPresent(page -> {
      body.key("messages");
      addPage(page, body);
    });
  }

  private static void addPresenceAndReceipts(
      List<ClientEvent> presence, Optional<List<ClientEvent>> receipts, BodyBuffer body) {
    body.key("presence").events(presence);
    receipts.ifPresent(entries -> body.key("receipts").events(entries));
  }

  /** The state comes where messages do: a room in which the viewer never was has neither. */
  private static void addIdAndState(RoomSnapshot room, BodyBuffer body) {
    body.key("room_id").text(room.room().value());
    if (room.messages().isPresent()) {
      body.key("state").events(room.state());
    }
    body.key("visibility").text(room.published() ? "public" : "private");
  }

  private static void addPage(MessagePage page, BodyBuffer body) {
    body.openObject().key("chunk").events(page.chunk());
    body.key("end").text(page.end().toString());
    body.key("start").text(page.start().toString()).closeObject();
  }
}
