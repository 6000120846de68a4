package io.github.matrixsync.domain;

import io.github.matrixsync.store.StoredEvent;
import java.util.Optional;

/**
 * How a room event looks to clients. What is no room event, such as presence, looks the same in all. Pure and
 * thread-safe.
 */
public enum EventForm {
  /**
   * The form of the Client-Server API v1: {@code type}, {@code event_id}, {@code room_id}, {@code user_id} (the sender), {@code state_key} of a state event, {@code origin_server_ts} and
   * {@code content}; then what else the host has at the top level, as it is; and, at the top level as well, {@code redacts}, {@code age}, {@code invite_room_state}, {@code replaces_state},
   * {@code prev_content} and {@code redacted_because} where they apply. There is neither {@code sender} nor {@code unsigned}, and nothing of what only servers need.
   *
   * <p>Source: {@code room_event.json} and {@code state_event.json} of the 2015 core event schema, and the servers of that time.
   */
  V1(true, false, false),

  /**
   * The form of the Client-Server API r0 and v3: as {@link #V1}, but the sender is in {@code sender}, and {@code age}, {@code invite_room_state}, {@code replaces_state}, {@code prev_content} and {@code redacted_because} are in
   * {@code unsigned}, an object that is always there, after whatever else the host has in it, as it is.
   *
   * <p>Source: "Room Event Fields" and {@code UnsignedData} of the Client-Server API r0.6.
   */
  R0(false, true, true),

  /**
   * As {@link #R0}, and the sender is in {@code user_id} as well, for clients of the Client-Server API r0 that look
   * there.
   *
   * <p>Source: the servers of 2016.
   */
  R0_WITH_USER_ID(true, true, true);

  private final boolean hasUserId;
  private final boolean hasSender;
  private final boolean hasUnsigned;

  EventForm(boolean hasUserId, boolean hasSender, boolean hasUnsigned) {
    this.hasUserId = hasUserId;
    this.hasSender = hasSender;
    this.hasUnsigned = hasUnsigned;
  }

  /**
   * Returns {@code event} for clients. Where its envelope and its JSON both say something the envelope wins. A redacted event comes pruned and with its redaction, which in turn comes without what
   * redacted it, and pruned if something did.
   *
   * @param event what is shown
   * @param replaced the event that {@code event.replaces()} names, if its content is to be shown as {@code prev_content}, pruned if it is redacted; empty: no {@code prev_content}
   * @throws InvalidEventException if the JSON of one of these events is no JSON object, or its {@code content} is none; without any {@code content} an empty one is shown
   * @throws IllegalArgumentException if {@code replaced} is not the event that {@code event.replaces()} names
   */
  public EncodedEvent encode(StoredEvent event, Optional<StoredEvent> replaced) {
    requireReplaced(event, replaced);
    return EventWriter.encode(this, event, replaced);
  }

  /** Requires {@code replaced} to be the event that {@code event} names, if there is one. */
  static void requireReplaced(StoredEvent event, Optional<StoredEvent> replaced) {
    if (replaced.isPresent()
        && !event.replaces().equals(replaced.map(r -> r.event().id()))) {
      throw new IllegalArgumentException(event.event() + " replaces " + event.replaces() + ", got "
          + replaced.get().event());
    }
  }

  /** Returns whether the sender stands in {@code user_id}. */
  boolean hasUserId() {
    return hasUserId;
  }

  /** Returns whether the sender stands in {@code sender}. */
  boolean hasSender() {
    return hasSender;
  }

  /** Returns whether what is computed stands in {@code unsigned}, not at the top level. */
  boolean hasUnsigned() {
    return hasUnsigned;
  }
}
