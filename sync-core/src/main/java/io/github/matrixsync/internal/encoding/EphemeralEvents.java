package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes presence, typing, receipts, account data and messages to devices: all that has a type and content, but no id.
 * Pure and thread-safe.
 */
public final class EphemeralEvents {
  private static final int EXPECTED = 512;

  private EphemeralEvents() {}

  /**
   * Returns {@code {"type":"m.presence","content":{"user_id","presence"}}}. The content also has
   * {@code last_active_ago}, in milliseconds, {@code status_msg}, {@code displayname} and {@code avatar_url}, each if
   * the change has it. There is no {@code room_id}.
   *
   * <p>Source: {@code m.presence} of the 2015 event schema.
   */
  public static EncodedEvent presence(PresenceChange change) {
    Entry entry = new Entry(EventHead.of("m.presence"));
    entry.out.key("user_id").text(change.user().value());
    writePresence(entry.out, change);
    return entry.close();
  }

  /**
   * Returns {@code {"type":"m.presence","sender","content":{"presence"}}}, whose content has the same optional keys as
   * that of {@link #presence}, and no {@code user_id}.
   *
   * <p>Source: {@code m.presence} of the Client-Server API r0 and v3.
   */
  public static EncodedEvent presenceWithSender(PresenceChange change) {
    Entry entry = new Entry(new EventHead("m.presence", null, null, change.user(), null));
    writePresence(entry.out, change);
    return entry.close();
  }

  private static void writePresence(JsonWriter<Instant> out, PresenceChange change) {
    out.key("presence").text(change.state().value());
    change.lastActive().ifPresent(since -> out.key("last_active_ago").gap(since));
    change.statusMessage().ifPresent(message -> out.key("status_msg").text(message));
    change.displayName().ifPresent(name -> out.key("displayname").text(name));
    change.avatarUrl().ifPresent(url -> out.key("avatar_url").text(url));
  }

  /**
   * Returns {@code {"type":"m.typing","room_id","content":{"user_ids":[]}}} with these users, in their order; none
   * means that everybody stopped.
   *
   * <p>Source: {@code m.typing} of the 2015 event schema.
   */
  public static EncodedEvent typing(RoomId room, Collection<UserId> users) {
    return typing(EventHead.of("m.typing", room), users);
  }

  /** Returns {@code {"type":"m.typing","content":{"user_ids":[]}}}, as {@code /sync} has it inside of the room. */
  public static EncodedEvent typingInPlace(Collection<UserId> users) {
    return typing(EventHead.of("m.typing"), users);
  }

  private static EncodedEvent typing(EventHead head, Collection<UserId> users) {
    Entry entry = new Entry(head);
    entry.out.key("user_ids").openList();
    users.forEach(user -> entry.out.text(user.value()));
    entry.out.closeList();
    return entry.close();
  }

  /**
   * Returns {@code {"type":"m.receipt","room_id","content":{event:{type:{user:{"ts","thread_id"}}}}}} with these
   * receipts, {@code ts} in milliseconds since the epoch, and {@code thread_id} if the receipt is for one thread. Of
   * two for the same event, type and user the one for all threads counts, else the later in {@code changes}.
   *
   * <p>Source: {@code m.receipt} of the 2015 event schema, "Threaded read receipts" of today's Client-Server API.
   *
   * @throws IllegalArgumentException if a change is of another room
   */
  public static EncodedEvent receipts(RoomId room, Collection<ReceiptChange> changes) {
    return receipts(EventHead.of("m.receipt", room), room, changes);
  }

  /**
   * Returns the same without {@code room_id}, as {@code /sync} has it inside of the room.
   *
   * @throws IllegalArgumentException if a change is of another room
   */
  public static EncodedEvent receiptsInPlace(RoomId room, Collection<ReceiptChange> changes) {
    return receipts(EventHead.of("m.receipt"), room, changes);
  }

  private static EncodedEvent receipts(
      EventHead head, RoomId room, Collection<ReceiptChange> changes) {
    Map<String, Map<String, Map<String, ReceiptChange>>> byEvent = new LinkedHashMap<>();
    for (ReceiptChange change : changes) {
      if (!change.room().equals(room)) {
        throw new IllegalArgumentException("receipts of " + room + ", got one of " + change.room());
      }
      byEvent
          .computeIfAbsent(change.event().value(), event -> new LinkedHashMap<>())
          .computeIfAbsent(change.type(), type -> new LinkedHashMap<>())
          .merge(change.user().value(), change, EphemeralEvents::shown);
    }
    Entry entry = new Entry(head);
    byEvent.forEach((event, byType) -> writeReceipts(entry.out.key(event), byType));
    return entry.close();
  }

  /**
   * Returns {@code {"type","content"}} for a global entry, {@code {"type","room_id","content"}} for a room's, with the
   * content byte for byte. Tags are nothing else: the type {@code m.tag}.
   *
   * <p>Source: the events stream of the 2015 Client-Server API, {@code m.tag}.
   */
  public static EncodedEvent accountData(AccountDataChange change) {
    return accountData(change, change.room().orElse(null));
  }

  /** Returns {@code {"type","content"}}, as a snapshot has it inside of the room or at its top level. */
  public static EncodedEvent accountDataInPlace(AccountDataChange change) {
    return accountData(change, null);
  }

  private static EncodedEvent accountData(AccountDataChange change, @Nullable RoomId room) {
    return withContent(new EventHead(change.type(), null, room, null, null), change.content());
  }

  /**
   * Returns {@code {"type","sender","content"}}, with the content byte for byte.
   *
   * <p>Source: "Send-to-Device messaging" of the Client-Server API.
   */
  public static EncodedEvent toDevice(ToDeviceMessage message) {
    return withContent(
        new EventHead(message.type(), null, null, message.sender(), null), message.content());
  }

  private static EncodedEvent withContent(EventHead head, RawJson content) {
    JsonWriter<Instant> out = new JsonWriter<>(EXPECTED + content.length());
    openHead(head, out);
    int contentFrom = out.length();
    int contentTo = out.value(content).length();
    return EncodedEvent.of(head, out.close(), contentFrom, contentTo);
  }

  private static void openHead(EventHead head, JsonWriter<Instant> out) {
    out.open().key("type").text(head.type());
    UserId sender = head.sender();
    if (sender != null) {
      out.key("sender").text(sender.value());
    }
    RoomId room = head.room();
    if (room != null) {
      out.key("room_id").text(room.value());
    }
    out.key("content");
  }

  /** Returns which of two receipts is shown in the one place that both have. */
  private static ReceiptChange shown(ReceiptChange earlier, ReceiptChange later) {
    return earlier.threadId().isEmpty() && later.threadId().isPresent() ? earlier : later;
  }

  private static void writeReceipts(
      JsonWriter<Instant> out, Map<String, Map<String, ReceiptChange>> byType) {
    out.open();
    byType.forEach((type, byUser) -> {
      out.key(type).open();
      byUser.forEach((user, receipt) -> {
        out.key(user).open().key("ts").number(Ages.millis(receipt.at()));
        receipt.threadId().ifPresent(thread -> out.key("thread_id").text(thread));
        out.close();
      });
      out.close();
    });
    out.close();
  }

  /** An entry whose content is being written. */
  private static final class Entry {
    private final EventHead head;
    private final JsonWriter<Instant> out = new JsonWriter<>(EXPECTED);
    private final int contentFrom;

    private Entry(EventHead head) {
      this.head = head;
      openHead(head, out);
      contentFrom = out.length();
      out.open();
    }

    private EncodedEvent close() {
      out.close();
      int contentTo = out.length();
      out.close();
      return EncodedEvent.of(head, out, contentFrom, contentTo);
    }
  }
}
