package io.github.matrixsync.internal.cache;

import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.state.Timelines;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One room as one viewer may see it. It holds for as long as the room's state does not change. Immutable but for what
 * it remembers of the last lists; thread-safe.
 */
public final class ViewedRoom {
  private static final int BARE_WEIGHT = 250;
  private static final int WEIGHT_OF_CHANGE = 120;

  private final UserId viewer;
  private final RoomId room;
  private final RoomView view;
  private final Extent extent;
  private final HistoryPoint ownBackfill;
  private final int weight;
  private volatile long covered;
  private volatile long holdsOwn;

  private ViewedRoom(
      UserId viewer,
      RoomId room,
      RoomView view,
      Extent extent,
      HistoryPoint ownBackfill,
      int weight) {
    this.viewer = viewer;
    this.room = room;
    this.view = view;
    this.extent = extent;
    this.ownBackfill = ownBackfill;
    this.weight = weight;
  }

  /**
   * How far a room is shown.
   *
   * @param shown whether it is at all
   * @param departed up to where for good; empty: up to now, whenever that is
   */
  private record Extent(boolean shown, OptionalLong departed) {}

  /**
   * Returns a room as one sees it who is or was in it, or was invited.
   *
   * @param lines the room's timelines for the viewer, complete up to {@code upTo}
   * @param ownBackfill the newest event of the room's backfill that the viewer sent or is the subject of; the
   *     beginning, if there is none
   */
  static ViewedRoom ofMember(
      UserId viewer, RoomId room, Timelines lines, long upTo, HistoryPoint ownBackfill) {
    RoomView view = RoomView.of(viewer, lines, upTo);
    boolean joined = view.joinedAt(upTo);
    OptionalLong departed = joined ? OptionalLong.empty() : view.lastDeparture();
    int weight = BARE_WEIGHT
        + WEIGHT_OF_CHANGE * (lines.members().size() + lines.visibility().size());
    return new ViewedRoom(
        viewer,
        room,
        view,
        new Extent(joined || departed.isPresent(), departed),
        ownBackfill,
        weight);
  }

  /**
   * Returns a room as it is seen at one position, and not to be kept.
   *
   * @param view what the viewer sees of it as of {@code now}
   * @param extent up to where it is shown
   */
  public static ViewedRoom once(
      UserId viewer, RoomId room, RoomView view, long extent, long now, HistoryPoint ownBackfill) {
    OptionalLong departed = extent < now ? OptionalLong.of(extent) : OptionalLong.empty();
    return new ViewedRoom(viewer, room, view, new Extent(true, departed), ownBackfill, BARE_WEIGHT);
  }

  public UserId viewer() {
    return viewer;
  }

  public RoomId room() {
    return room;
  }

  /** Returns whether state and messages are shown. */
  public boolean isShown() {
    return extent.shown();
  }

  /** Returns up to where the room is shown for good, if the viewer is not in it any more. */
  OptionalLong departed() {
    return extent.departed();
  }

  /** Returns up to where the room is shown at {@code now}. */
  public long extent(long now) {
    return extent.departed().orElse(now);
  }

  /** Returns what the viewer sees at {@code now}. */
  public RoomView view(long now, Set<UserId> ignored) {
    return view.asOf(now).ignoring(ignored);
  }

  /**
   * Returns whether the viewer, asking at {@code now}, may be shown messages that were put together for nobody in
   * particular: whether they are what was read for the viewer alone.
   */
  public boolean isCoveredBy(RoomList messages, long now, Set<UserId> ignored) {
    if (messages.hasSender(ignored)) {
      return false;
    }
    if (covered == messages.number()) {
      return true;
    }
    boolean isCovered = messages.isWithin(view.asOf(now).ranges(extent(now)), ownBackfill);
    if (isCovered) {
      covered = messages.number();
    }
    return isCovered;
  }

  /**
   * Returns whether a list of state holds the viewer's present member event, which stays the same as long as this
   * holds.
   */
  public boolean isIn(RoomList state, EventId present) {
    if (holdsOwn == state.number()) {
      return true;
    }
    boolean isIn = state.events().holds(present);
    if (isIn) {
      holdsOwn = state.number();
    }
    return isIn;
  }

  int weight() {
    return weight;
  }
}
