package io.github.matrixsync.domain.filter;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms a client wants, and what of each. Immutable; equal to another with the same restrictions.
 *
 * <p>Source: {@code RoomFilter} of "Filtering" in the Client-Server API.
 *
 * @since 0.1.0
 */
public final class RoomFilter {
  private final IdSelection<RoomId> rooms;
  private final boolean includeLeave;
  private final RoomEventFilter ephemeral;
  private final RoomEventFilter state;
  private final RoomEventFilter timeline;
  private final RoomEventFilter accountData;

  RoomFilter(FilterFields fields) {
    rooms = IdSelection.of(fields, "rooms", RoomId::parse);
    includeLeave = fields.isTrue("include_leave");
    ephemeral = new RoomEventFilter(fields.object("ephemeral"));
    state = new RoomEventFilter(fields.object("state"));
    timeline = new RoomEventFilter(fields.object("timeline"));
    accountData = new RoomEventFilter(fields.object("account_data"));
  }

  /** Returns whether a room is wanted, in any section. The filters of its parts come after this one. */
  public boolean includes(RoomId room) {
    return rooms.includes(room);
  }

  /** Returns whether rooms that the user left are wanted in a first answer. */
  public boolean includeLeave() {
    return includeLeave;
  }

  /** Returns the filter of typing and receipts. */
  public RoomEventFilter ephemeral() {
    return ephemeral;
  }

  /** Returns the filter of state; its limit does not count. */
  public RoomEventFilter state() {
    return state;
  }

  /** Returns the filter of timelines. */
  public RoomEventFilter timeline() {
    return timeline;
  }

  /** Returns the filter of the rooms' account data. */
  public RoomEventFilter accountData() {
    return accountData;
  }

  void write(JsonWriter<?> out) {
    CanonicalText.member("account_data", accountData::write, out);
    CanonicalText.member("ephemeral", ephemeral::write, out);
    RoomEventFilter.writeFlag("include_leave", includeLeave, out);
    rooms.writeExcluded(out);
    rooms.writeIncluded(out);
    CanonicalText.member("state", state::write, out);
    CanonicalText.member("timeline", timeline::write, out);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RoomFilter that && toString().equals(that.toString());
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
