package io.github.matrixsync.domain.filter;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.internal.json.JsonWriter;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a {@code /sync} answer, and how it wants it shown. Keys that are unknown are ignored; values
 * of the wrong kind, {@code null} included, are refused. Immutable; equal to another if the {@link #canonical()} text
 * is the same.
 *
 * <p>Source: {@code Filter} of "Filtering" in the Client-Server API.
 *
 * @since 0.1.0
 */
public final class FilterSpec {
  /** The most bytes of a filter's JSON. */
  public static final int MAX_BYTES = 64 << 10;

  /** Includes everything. */
  public static final FilterSpec ALL = new FilterSpec(FilterFields.NONE);

  private final List<String> eventFields;
  private final EventFormat eventFormat;
  private final EventFilter presence;
  private final EventFilter accountData;
  private final RoomFilter room;
  private final String canonical;

  private FilterSpec(FilterFields fields) {
    SortedSet<String> paths = fields.texts("event_fields").orElseGet(TreeSet::new);
    eventFields = List.copyOf(paths);
    eventFormat = fields.format("event_format");
    presence = new EventFilter(fields.object("presence"));
    accountData = new EventFilter(fields.object("account_data"));
    room = new RoomFilter(fields.object("room"));
    canonical = CanonicalText.of(this::write);
  }

  /**
   * Parses a filter.
   *
   * @param json one object, UTF-8, at most {@link #MAX_BYTES} long and 1,000 levels deep; of a key that is there twice
   *     the last counts
   * @throws InvalidFilterException if it is not one, or a value has the wrong kind or is not allowed: a limit that is
   *     negative or no integer, an id that is none, a list with more than 256 wildcards
   */
  public static FilterSpec parse(RawJson json) {
    Objects.requireNonNull(json, "filter");
    return new FilterSpec(FilterFields.of(json));
  }

  /**
   * Parses a filter.
   *
   * @throws InvalidFilterException as {@link #parse(RawJson)}
   */
  public static FilterSpec parse(String json) {
    return parse(RawJson.of(json));
  }

  /**
   * Returns the paths of the members of events that are wanted, such as {@code content.body}, without duplicates,
   * sorted. A dot that belongs to a key has a backslash before it. Empty: all members.
   */
  public List<String> eventFields() {
    return eventFields;
  }

  /** Returns the form of events. */
  public EventFormat eventFormat() {
    return eventFormat;
  }

  /** Returns the filter of presence. */
  public EventFilter presence() {
    return presence;
  }

  /** Returns the filter of account data that belongs to no room. */
  public EventFilter accountData() {
    return accountData;
  }

  /** Returns which rooms are wanted, and what of them. */
  public RoomFilter room() {
    return room;
  }

  /**
   * Returns what was understood as JSON: keys and lists sorted, without duplicates, and without what is as if it was
   * absent. Equal filters have the same text; to parse it gives an equal filter.
   */
  public String canonical() {
    return canonical;
  }

  private void write(JsonWriter<?> out) {
    CanonicalText.member("account_data", accountData::write, out);
    if (!eventFields.isEmpty()) {
      out.key("event_fields").openList();
      eventFields.forEach(out::text);
      out.closeList();
    }
    if (eventFormat != EventFormat.CLIENT) {
      out.key("event_format").text(eventFormat.value());
    }
    CanonicalText.member("presence", presence::write, out);
    CanonicalText.member("room", room::write, out);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FilterSpec that && canonical.equals(that.canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }

  /** Returns the canonical text. */
  @Override
  public String toString() {
    return canonical;
  }
}
