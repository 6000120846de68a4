package io.github.matrixsync.store.model;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The part of one room's history that one viewer may read: the live events in {@code live}, the live events up to
 * {@code upTo} that the viewer sent or is the subject of, and the backfilled events with one of the {@code backfill}
 * visibilities or that the viewer sent or is the subject of; all of these without the events that the viewer
 * {@linkplain #ignores ignores}. Outliers are in no history. Immutable.
 *
 * @param live disjoint ranges of positions, ascending, none above {@code upTo}
 * @param upTo the position as of which the room is read; 0 or less: no live event
 * @param own the viewer, whose own events are always included; empty: nobody, and then nobody is ignored
 * @param backfill the visibilities with which backfilled events are included
 * @param ignored the users whom the viewer ignores
 * @since 0.1.0
 */
public record Ranges(
    List<Range> live,
    long upTo,
    Optional<UserId> own,
    Set<HistoryVisibility> backfill,
    Set<UserId> ignored) {
  /** Copies the collections and checks the order. */
  public Ranges {
    live = List.copyOf(live);
    backfill = Set.copyOf(backfill);
    ignored = Set.copyOf(ignored);
    long last = Long.MIN_VALUE;
    for (Range range : live) {
      if (range.after() < last || range.upTo() > upTo) {
        throw new IllegalArgumentException("ranges overlap or pass " + upTo + ": " + live);
      }
      last = range.upTo();
    }
  }

  /** Creates the ranges of a viewer who ignores nobody. */
  public Ranges(
      List<Range> live, long upTo, Optional<UserId> own, Set<HistoryVisibility> backfill) {
    this(live, upTo, own, backfill, Set.of());
  }

  /**
   * Returns whether {@code event} is hidden because its sender is ignored: the sender is in {@code ignored} and is not
   * the viewer, and the event is no state event or invites the viewer.
   */
  public static boolean ignores(UserId viewer, Set<UserId> ignored, RoomEvent event) {
    Objects.requireNonNull(viewer, "viewer");
    Objects.requireNonNull(ignored, "ignored");
    Objects.requireNonNull(event, "event");
    if (!ignored.contains(event.sender()) || event.sender().equals(viewer)) {
      return false;
    }
    return !event.isState()
        || (event.isAbout(viewer)
            && event.membership().filter(Membership.INVITE::equals).isPresent());
  }

  /** Returns the ranges that hold a room's whole history as of {@code upTo}, except backfill of unknown visibility. */
  public static Ranges everything(long upTo) {
    List<Range> live = upTo > 0 ? List.of(new Range(0, upTo)) : List.of();
    return new Ranges(live, upTo, Optional.empty(), EnumSet.allOf(HistoryVisibility.class));
  }

  /** Returns whether the viewer may read {@code event}, which must be of the room that the ranges are for. */
  public boolean includes(StoredEvent event) {
    if (own.isPresent() && ignores(own.get(), ignored, event.event())) {
      return false;
    }
    return switch (event.kind()) {
      case OUTLIER -> false;
      case BACKFILL -> event.visibility().filter(backfill::contains).isPresent() || isOwn(event);
      case LIVE -> event.position() <= upTo && (coversPosition(event.position()) || isOwn(event));
    };
  }

  /** Returns whether {@code position} lies in one of the live ranges. */
  public boolean coversPosition(long position) {
    int low = 0;
    int high = live.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Range range = live.get(middle);
      if (position <= range.after()) {
        high = middle - 1;
      } else if (position > range.upTo()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private boolean isOwn(StoredEvent stored) {
    return own.isPresent()
        && (stored.event().sender().equals(own.get()) || stored.event().isAbout(own.get()));
  }
}
