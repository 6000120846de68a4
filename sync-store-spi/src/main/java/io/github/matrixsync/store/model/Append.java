package io.github.matrixsync.store.model;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.state.StateEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One event of a batch to be appended, with its kind and the state entries it changes.
 *
 * @param event the event
 * @param kind how it enters the log
 * @param stateEntries the state entries that change with it, at most one per type and state key; always empty for
 *     backfill
 * @param visibility for backfill: the history visibility at the event; empty hides it from all but its sender and
 *     subject
 * @param isAfterGap for live events: whether events of the room that came before it may be missing
 * @since 0.1.0
 */
public record Append(
    RoomEvent event,
    EventKind kind,
    List<StateEntry> stateEntries,
    Optional<HistoryVisibility> visibility,
    boolean isAfterGap) {
  /** Copies the entries and checks them against the kind. */
  public Append {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(visibility, "visibility");
    Objects.requireNonNull(stateEntries, "state entries");
    stateEntries = List.copyOf(stateEntries);
    boolean backfill = kind == EventKind.BACKFILL;
    if (backfill && !stateEntries.isEmpty()) {
      throw new IllegalArgumentException("backfill changes no state, but " + event + " was to");
    }
    if (!backfill && visibility.isPresent()) {
      throw new IllegalArgumentException("only backfill brings its visibility, not " + event);
    }
    if (isAfterGap && kind != EventKind.LIVE) {
      throw new IllegalArgumentException("only live events come after a gap, not " + event);
    }
  }

  /** Creates the append of an event before which nothing is missing. */
  public Append(
      RoomEvent event,
      EventKind kind,
      List<StateEntry> stateEntries,
      Optional<HistoryVisibility> visibility) {
    this(event, kind, stateEntries, visibility, false);
  }

  /** Returns the append of a new event; a state event sets its own entry. */
  public static Append live(RoomEvent event) {
    Objects.requireNonNull(event, "event");
    return live(event, event.isState() ? List.of(StateEntry.of(event)) : List.of());
  }

  /**
   * Returns the append of a new event with exactly these state entries changing. A state event without its own entry
   * has lost state resolution: the v1 stream sends it to its sender only. If an entry goes back to an older event, or
   * is removed, v1 clients see that in their next snapshot.
   */
  public static Append live(RoomEvent event, List<StateEntry> stateEntries) {
    return new Append(event, EventKind.LIVE, stateEntries, Optional.empty());
  }

  /**
   * Returns the append of an event without its room's state, such as an invite from another server: a member event
   * changes its subject's membership and nothing else, and only the subject gets it.
   */
  public static Append outlier(RoomEvent event) {
    Objects.requireNonNull(event, "event");
    List<StateEntry> own = event.subject().isPresent() ? List.of(StateEntry.of(event)) : List.of();
    return new Append(event, EventKind.OUTLIER, own, Optional.empty());
  }

  /**
   * Returns the append of an event of the room's past, older than all live events here, with the history visibility at
   * that event if it is known.
   */
  public static Append backfill(RoomEvent event, Optional<HistoryVisibility> visibility) {
    return new Append(event, EventKind.BACKFILL, List.of(), visibility);
  }

  /**
   * Returns the append of the same live event, before which events of its room may be missing; a store that keeps gaps
   * records it if the event is new.
   */
  public Append afterGap() {
    return new Append(event, kind, stateEntries, visibility, true);
  }
}
