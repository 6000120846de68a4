package io.github.matrixsync.internal.cache;

import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The state or the newest messages of a room, read for nobody in particular and encoded: what it takes to say who may
 * be given it, without the events themselves. Immutable.
 */
public final class RoomList {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final int BARE_WEIGHT = 400;
  private static final int WEIGHT_OF_SENDER = 50;
  private static final int WEIGHT_OF_SPOT = 32;

  private final long number = NUMBERS.incrementAndGet();
  private final EncodedEvents events;
  private final boolean isCut;
  private final Optional<HistoryPoint> first;
  private final Made made;
  private final List<Spot> live = new ArrayList<>();
  private final Set<HistoryVisibility> backfill = EnumSet.noneOf(HistoryVisibility.class);
  private final Set<UserId> senders = new HashSet<>();

  /**
   * Takes what was read.
   *
   * @param list the events
   * @param replaced those whose content is shown in them
   * @param encoded the same events, encoded, but for those that are damaged
   * @param made how the list was made
   */
  RoomList(
      List<StoredEvent> list,
      Map<EventId, StoredEvent> replaced,
      EncodedEvents encoded,
      Made made) {
    this.events = encoded;
    this.isCut = list.size() == made.limit();
    this.first = list.stream().findFirst().map(StoredEvent::point);
    this.made = made;
    for (StoredEvent event : list) {
      if (made.limit() > 0) {
        event.visibility().ifPresentOrElse(backfill::add, () -> live.add(Spot.of(event)));
      }
      Erasure.addSenders(event, senders);
      event.replaces().map(replaced::get).ifPresent(old -> Erasure.addSenders(old, senders));
    }
  }

  /**
   * How a list was made.
   *
   * @param at when it was read
   * @param upTo the position as of which it is
   * @param limit the most events it was to have; 0: it is of state and has them all
   */
  record Made(LastChanges.Moment at, long upTo, int limit) {}

  /** Where a live event stands, and whose own it is. */
  private record Spot(long position, UserId sender, Optional<UserId> subject) {
    static Spot of(StoredEvent event) {
      return new Spot(event.position(), event.event().sender(), event.event().subject());
    }

    boolean isVisible(Ranges visible) {
      return visible.coversPosition(position)
          || visible.own().equals(Optional.of(sender))
          || (subject.isPresent() && visible.own().equals(subject));
    }
  }

  /** Returns a number that no other list has. */
  long number() {
    return number;
  }

  public EncodedEvents events() {
    return events;
  }

  /** Returns where the oldest event stands; empty if there is none. */
  public Optional<HistoryPoint> first() {
    return first;
  }

  Made made() {
    return made;
  }

  /** Returns all whose ignoring or erasure may change what is shown. */
  public Set<UserId> senders() {
    return senders;
  }

  /** Returns whether any of {@code users} is among the senders. */
  boolean hasSender(Set<UserId> users) {
    return !users.isEmpty() && !Collections.disjoint(senders, users);
  }

  /**
   * Returns whether a viewer, reading the same number of messages, would read these. False may be wrong, true is not.
   *
   * @param visible what the viewer may see; the viewer ignores none of the senders
   * @param ownBackfill the newest backfilled event that is the viewer's own: of what visibility it is, and so whether
   *     it is here, is not known
   */
  boolean isWithin(Ranges visible, HistoryPoint ownBackfill) {
    if (!visible.backfill().containsAll(backfill)) {
      return false;
    }
    for (Spot spot : live) {
      if (!spot.isVisible(visible)) {
        return false;
      }
    }
    return ownBackfill.equals(HistoryPoint.START)
        || (isCut && first.filter(oldest -> ownBackfill.compareTo(oldest) < 0).isPresent());
  }

  int weight() {
    return BARE_WEIGHT
        + events.weight()
        + WEIGHT_OF_SPOT * live.size()
        + WEIGHT_OF_SENDER * senders.size();
  }
}
