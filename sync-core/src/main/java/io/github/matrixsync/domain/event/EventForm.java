package io.github.matrixsync.domain.event;

/**
 * The JSON form in which clients get room events. Other entries, such as presence, are the same in all forms. Pure and
 * thread-safe.
 *
 * @since 0.1.0
 */
public enum EventForm {
  /**
   * The form of the Client-Server API v1: {@code type}, {@code event_id}, {@code room_id}, {@code user_id} (the
   * sender), {@code state_key} of a state event, {@code origin_server_ts} and {@code content}; then the other top-level
   * members of the host's JSON, unchanged; and, at the top level as well, {@code redacts}, {@code age}, {@code
   * invite_room_state}, {@code replaces_state}, {@code prev_content} and {@code redacted_because} where they apply.
   * There is neither {@code sender} nor {@code unsigned}, nor any member that only servers need.
   *
   * <p>Source: {@code room_event.json} and {@code state_event.json} of the 2015 core event schema, and the servers of
   * that time.
   */
  V1(true, true, false, false, false),

  /**
   * The form of the Client-Server API r0 and v3: as {@link #V1}, but the sender is in {@code sender}, and {@code age},
   * {@code invite_room_state}, {@code replaces_state}, {@code prev_content} and {@code redacted_because} are in {@code
   * unsigned}, an object that is always present, after the other members that the host's JSON has in it, unchanged.
   *
   * <p>Source: "Room Event Fields" and {@code UnsignedData} of the Client-Server API r0.6.
   */
  R0(true, false, true, true, false),

  /**
   * As {@link #R0}, and the sender is in {@code user_id} as well, for clients of the Client-Server API r0 that look
   * there.
   *
   * <p>Source: the servers of 2016.
   */
  R0_WITH_USER_ID(true, true, true, true, false),

  /**
   * As {@link #R0}, without {@code room_id}: the form of timelines and state in {@code /sync}, where the room is known.
   *
   * <p>Source: {@code ClientEventWithoutRoomID} of the Client-Server API v1.16.
   */
  SYNC(false, false, true, true, false),

  /**
   * As {@link #R0}, with the members that only servers need, as far as the host's JSON has them: {@code auth_events},
   * {@code prev_events}, {@code hashes}, {@code signatures}, {@code depth}, {@code origin} and {@code prev_state}, of
   * redacted events too.
   *
   * <p>Source: {@code event_format} of "Filtering" in the Client-Server API.
   */
  FEDERATION(true, false, true, true, true);

  private final boolean hasRoomId;
  private final boolean hasUserId;
  private final boolean hasSender;
  private final boolean hasUnsigned;
  private final boolean hasServerFields;

  EventForm(
      boolean hasRoomId,
      boolean hasUserId,
      boolean hasSender,
      boolean hasUnsigned,
      boolean hasServerFields) {
    this.hasRoomId = hasRoomId;
    this.hasUserId = hasUserId;
    this.hasSender = hasSender;
    this.hasUnsigned = hasUnsigned;
    this.hasServerFields = hasServerFields;
  }

  /** Returns whether the room is in {@code room_id}. */
  public boolean hasRoomId() {
    return hasRoomId;
  }

  /** Returns whether the sender is in {@code user_id}. */
  public boolean hasUserId() {
    return hasUserId;
  }

  /** Returns whether the sender is in {@code sender}. */
  public boolean hasSender() {
    return hasSender;
  }

  /** Returns whether computed members are in {@code unsigned}, not at the top level. */
  public boolean hasUnsigned() {
    return hasUnsigned;
  }

  /** Returns whether members that only servers need are shown. */
  public boolean hasServerFields() {
    return hasServerFields;
  }
}
