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
 * One room as one viewer may see it, valid as long as the room's state does not change. Immutable except for the lists
 * that were checked last; thread-safe.
 */
public final class ViewedRoom {
  private static final int BARE_WEIGHT = 250;
  private static final int WEIGHT_OF_CHANGE = 120;

  private final UserId viewer;
  private final RoomId room;
  private final RoomView view;
  private final Extent extent;
  private final int weight;
  private volatile long coveredList;
  private volatile long listWithOwn;

  private ViewedRoom(UserId viewer, RoomId room, RoomView view, Extent extent, int weight) {
    this.viewer = viewer;
    this.room = room;
    this.view = view;
    this.extent = extent;
    this.weight = weight;
  }

  /**
   * How much of a room is shown.
   *
   * @param shown whether the room is shown at all
   * @param departed the position at which the viewer left; empty if the room is shown up to now
   * @param ownBackfill the newest event of the backfill that the viewer sent or is the subject of; the beginning, if
   *     there is none
   */
  private record Extent(boolean shown, OptionalLong departed, HistoryPoint ownBackfill) {}

  /**
   * Returns a room for a viewer who is or was joined or invited.
   *
   * @param timelines the room's timelines for the viewer, complete up to {@code upTo}
   * @param ownBackfill the newest event of the room's backfill that the viewer sent or is the subject of; the
   *     beginning, if there is none
   */
  static ViewedRoom ofMember(
      UserId viewer, RoomId room, Timelines timelines, long upTo, HistoryPoint ownBackfill) {
    RoomView view = RoomView.of(viewer, timelines, upTo);
    boolean joined = view.joinedAt(upTo);
    OptionalLong departed = joined ? OptionalLong.empty() : view.lastDeparture();
    int weight = BARE_WEIGHT
        + WEIGHT_OF_CHANGE
            * (timelines.members().size() + timelines.visibility().size());
    return new ViewedRoom(
        viewer,
        room,
        view,
        new Extent(joined || departed.isPresent(), departed, ownBackfill),
        weight);
  }

  /**
   * Returns a room for one position; the result must not be cached.
   *
   * @param view the viewer's view as of {@code now}
   * @param departed the position up to which the room is shown, if not up to now
   * @param ownBackfill as for {@link #ofMember}
   */
  public static ViewedRoom once(
      UserId viewer, RoomId room, RoomView view, OptionalLong departed, HistoryPoint ownBackfill) {
    return new ViewedRoom(viewer, room, view, new Extent(true, departed, ownBackfill), BARE_WEIGHT);
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

  /** Returns the position up to which the room is shown, if the viewer has left it. */
  OptionalLong departed() {
    return extent.departed();
  }

  /** Returns the position up to which the room is shown at {@code now}. */
  public long extent(long now) {
    return extent.departed().orElse(now);
  }

  /** Returns the viewer's view as of {@code now}. */
  public RoomView view(long now, Set<UserId> ignored) {
    return view.asOf(now).ignoring(ignored);
  }

  /**
   * Returns whether the viewer may get a shared list of messages at {@code now}, that is, whether a read for this
   * viewer would return the same.
   */
  public boolean isCoveredBy(RoomList messages, long now, Set<UserId> ignored) {
    if (messages.hasSender(ignored)) {
      return false;
    }
    if (coveredList == messages.number()) {
      return true;
    }
    boolean isCovered = messages.isWithin(view.asOf(now).ranges(extent(now)), extent.ownBackfill());
    if (isCovered) {
      coveredList = messages.number();
    }
    return isCovered;
  }

  /** Returns whether a list of state contains the viewer's current member event. */
  public boolean isIn(RoomList state, EventId present) {
    if (listWithOwn == state.number()) {
      return true;
    }
    boolean isIn = state.events().holds(present);
    if (isIn) {
      listWithOwn = state.number();
    }
    return isIn;
  }

  int weight() {
    return weight;
  }
}
