package io.github.matrixsync.domain.filter;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.json.JsonWriter;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a client wants, by type and sender. A list that is absent includes everything, one that is empty
 * includes nothing; what a {@code not_} list has is never included. In types {@code *} stands for any run of
 * characters. Immutable; equal to another with the same lists and limit.
 *
 * <p>Source: {@code EventFilter} of "Filtering" in the Client-Server API.
 *
 * @since 0.1.0
 */
public final class EventFilter {
  /** Includes everything, without a limit. */
  public static final EventFilter ALL = new EventFilter(FilterFields.NONE);

  private final OptionalInt limit;
  private final TypeSelection types;
  private final IdSelection<UserId> senders;

  EventFilter(FilterFields fields) {
    limit = fields.limit();
    types = TypeSelection.of(fields);
    senders = IdSelection.of(fields, "senders", UserId::parse);
  }

  /** Returns whether an entry of this type and sender is included; both must be. */
  public boolean matches(String type, UserId sender) {
    return types.includes(type) && senders.includes(sender);
  }

  /** Returns whether an entry that has no sender is included. A list of senders includes none such. */
  public boolean matches(String type) {
    return types.includes(type) && !senders.needsId();
  }

  /** Returns the most entries, 0 or more; empty: the server decides. */
  public OptionalInt limit() {
    return limit;
  }

  /** Returns whether every entry is included, the limit apart. */
  public boolean isUnrestricted() {
    return types.isEverything() && senders.isEverything();
  }

  /** Returns whether it is certain that no entry is included, the limit apart. */
  public boolean acceptsNothing() {
    return types.isNothing() || senders.isNothing();
  }

  /** Writes what restricts something, keys in ascending order. */
  void write(JsonWriter<?> out) {
    writeLimit(out);
    senders.writeExcluded(out);
    types.writeExcluded(out);
    senders.writeIncluded(out);
    types.writeIncluded(out);
  }

  void writeLimit(JsonWriter<?> out) {
    limit.ifPresent(most -> out.key("limit").number(most));
  }

  IdSelection<UserId> senders() {
    return senders;
  }

  TypeSelection types() {
    return types;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventFilter that && toString().equals(that.toString());
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
