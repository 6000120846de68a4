package io.github.matrixsync.domain.filter;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.json.InvalidJsonException;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of rooms a client wants, by type, sender, room, and whether they have a URL. Lists are read as those of
 * {@link EventFilter}. Immutable; equal to another with the same restrictions.
 *
 * <p>Source: {@code RoomEventFilter} and {@code StateFilter} of "Filtering" in the Client-Server API.
 *
 * @since 0.1.0
 */
public final class RoomEventFilter {
  /** Includes everything, without a limit, and loads all members. */
  public static final RoomEventFilter ALL = new RoomEventFilter(FilterFields.NONE);

  private final EventFilter events;
  private final IdSelection<RoomId> rooms;
  private final Optional<Boolean> containsUrl;
  private final boolean lazyLoadMembers;
  private final boolean includeRedundantMembers;
  private final boolean unreadThreadNotifications;

  RoomEventFilter(FilterFields fields) {
    events = new EventFilter(fields);
    rooms = IdSelection.of(fields, "rooms", RoomId::parse);
    containsUrl = fields.flag("contains_url");
    lazyLoadMembers = fields.isTrue("lazy_load_members");
    includeRedundantMembers = fields.isTrue("include_redundant_members") && lazyLoadMembers;
    unreadThreadNotifications = fields.isTrue("unread_thread_notifications");
  }

  /**
   * Parses the filter of one request, such as that of {@code /messages}.
   *
   * @param json one object, at most {@link FilterSpec#MAX_BYTES} long; unknown keys are ignored
   * @throws InvalidFilterException if it is not one, or a value has the wrong kind
   */
  public static RoomEventFilter parse(RawJson json) {
    Objects.requireNonNull(json, "filter");
    return new RoomEventFilter(FilterFields.of(json));
  }

  /**
   * Parses the filter of one request.
   *
   * @throws InvalidFilterException as {@link #parse(RawJson)}
   */
  public static RoomEventFilter parse(String json) {
    return parse(RawJson.of(json));
  }

  /** Returns whether an event is included, as it is shown: of a redacted one nothing of the content is looked at. */
  public boolean matches(StoredEvent event) {
    return matchesEnvelope(event.event())
        && (containsUrl.isEmpty()
            || containsUrl.get() == (event.redaction().isEmpty() && hasUrl(event.event())));
  }

  /**
   * Returns whether an event is included. Reads its content only if the filter asks for events with or without a URL:
   * a {@code url} that is a string.
   *
   * @param event if it is redacted, what the redaction left of it
   */
  public boolean matches(RoomEvent event) {
    return matchesEnvelope(event) && (containsUrl.isEmpty() || containsUrl.get() == hasUrl(event));
  }

  /** Returns whether entries of a room are included. */
  public boolean includes(RoomId room) {
    return rooms.includes(room);
  }

  /** Returns whether an entry of this type and sender is included, in a room that is. */
  public boolean matches(String type, UserId sender) {
    return events.matches(type, sender);
  }

  /** Returns whether an entry that has no sender is included, in a room that is. */
  public boolean matches(String type) {
    return events.matches(type);
  }

  /** Returns whether an entry that has no sender and this content is included, in a room that is. */
  public boolean matches(String type, RawJson content) {
    return events.matches(type)
        && (containsUrl.isEmpty() || containsUrl.get() == hasUrl(content, false));
  }

  /** Returns the most entries, 0 or more; empty: the server decides. */
  public OptionalInt limit() {
    return events.limit();
  }

  /** Returns whether only events with ({@code true}) or without a URL are included; empty: all are. */
  public Optional<Boolean> containsUrl() {
    return containsUrl;
  }

  /** Returns whether only the member events that the answer needs are wanted. Counts for state alone. */
  public boolean lazyLoadMembers() {
    return lazyLoadMembers;
  }

  /** Returns whether member events are wanted that the client has already. Never without lazy loading. */
  public boolean includeRedundantMembers() {
    return includeRedundantMembers;
  }

  /** Returns whether unread counts are wanted for each thread. Counts for timelines alone. */
  public boolean unreadThreadNotifications() {
    return unreadThreadNotifications;
  }

  /** Returns whether every entry is included; the limit and which members are loaded apart. */
  public boolean isUnrestricted() {
    return events.isUnrestricted() && rooms.isEverything() && containsUrl.isEmpty();
  }

  /** Returns whether it is certain that no entry is included, the limit apart. */
  public boolean acceptsNothing() {
    return events.acceptsNothing() || rooms.isNothing();
  }

  private boolean matchesEnvelope(RoomEvent event) {
    return rooms.includes(event.room()) && events.matches(event.type(), event.sender());
  }

  private static boolean hasUrl(RoomEvent event) {
    return hasUrl(event.json(), true);
  }

  private static boolean hasUrl(RawJson json, boolean isEvent) {
    try {
      Map<String, JsonField> content = JsonReader.fields(json);
      if (isEvent) {
        JsonField field = content.get("content");
        content = field == null || !field.isObject() ? Map.of() : field.fields();
      }
      JsonField url = content.get("url");
      return url != null && url.isString();
    } catch (InvalidJsonException e) {
      // An event that cannot be shown has no URL to show.
      return false;
    }
  }

  void write(JsonWriter<?> out) {
    containsUrl.ifPresent(with -> out.key("contains_url").value(RawJson.of(with.toString())));
    writeFlag("include_redundant_members", includeRedundantMembers, out);
    writeFlag("lazy_load_members", lazyLoadMembers, out);
    events.writeLimit(out);
    rooms.writeExcluded(out);
    events.senders().writeExcluded(out);
    events.types().writeExcluded(out);
    rooms.writeIncluded(out);
    events.senders().writeIncluded(out);
    events.types().writeIncluded(out);
    writeFlag("unread_thread_notifications", unreadThreadNotifications, out);
  }

  static void writeFlag(String key, boolean value, JsonWriter<?> out) {
    if (value) {
      out.key(key).value(RawJson.of("true"));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RoomEventFilter that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** Returns the filter as canonical JSON. */
  @Override
  public String toString() {
    return CanonicalText.of(this::write);
  }
}
