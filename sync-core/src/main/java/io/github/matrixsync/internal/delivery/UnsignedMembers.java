package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.internal.json.JsonWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes members of {@code unsigned} that only one reader gets. Pure.
 *
 * <p>Source: {@code UnsignedData} of the Client-Server API v1.16.
 */
public final class UnsignedMembers {
  /** No members. */
  private static final RawJson NONE = RawJson.of("");

  private static final int EXPECTED = 64;

  private static final Map<Membership, RawJson> MEMBERSHIP = new EnumMap<>(Membership.class);

  static {
    for (Membership membership : Membership.values()) {
      MEMBERSHIP.put(membership, RawJson.of("\"membership\":\"" + membership.value() + '"'));
    }
  }

  private UnsignedMembers() {}

  /** Returns {@code "membership":...}. */
  public static RawJson membership(Membership membership) {
    return MEMBERSHIP.getOrDefault(membership, NONE);
  }

  /** Returns {@code "transaction_id":...}. */
  static RawJson transactionId(String id) {
    JsonWriter<Void> out = new JsonWriter<>(EXPECTED + id.length());
    return inside(out.open().key("transaction_id").text(id).close());
  }

  /**
   * Returns {@code "m.relations":{"m.replace","m.thread","m.reference"}} with those of these that are there; nothing if
   * there is none.
   *
   * <p>Source: "Aggregations of child events" of the Client-Server API v1.16.
   */
  static RawJson relations(Bundle bundle) {
    if (bundle.isEmpty()) {
      return NONE;
    }
    JsonWriter<Void> out = new JsonWriter<>(EXPECTED);
    out.open().key("m.relations").open();
    bundle.edit().ifPresent(edit -> out.key("m.replace").value(edit));
    bundle.thread().ifPresent(thread -> {
      out.key("m.thread").open();
      out.key("latest_event").value(thread.latest());
      out.key("count").number(thread.count());
      out.key("current_user_participated").flag(thread.participated()).close();
    });
    if (!bundle.references().isEmpty()) {
      out.key("m.reference").open().key("chunk").openList();
      bundle
          .references()
          .forEach(id -> out.element().open().key("event_id").text(id.value()).close());
      out.closeList().close();
    }
    return inside(out.close().close());
  }

  /**
   * What is bundled with an event.
   *
   * @param edit the newest edit
   * @param thread the thread of which the event is the root
   * @param references the events that refer to it
   */
  record Bundle(Optional<RawJson> edit, Optional<BundledThread> thread, List<EventId> references) {
    boolean isEmpty() {
      return edit.isEmpty() && thread.isEmpty() && references.isEmpty();
    }
  }

  /**
   * What is bundled of a thread.
   *
   * @param latest the latest event of the thread, in the form of the event around it
   * @param count the number of events
   * @param participated whether the reader sent any of them, or the root
   */
  record BundledThread(RawJson latest, int count, boolean participated) {}

  /** Returns the members of an object that was written, without its braces. */
  private static RawJson inside(JsonWriter<Void> object) {
    byte[] bytes = object.bytes();
    return RawJson.of(bytes, 1, bytes.length - 2);
  }
}
