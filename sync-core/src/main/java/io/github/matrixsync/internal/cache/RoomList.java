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
 * The encoded state or newest messages of a room, shared by all readers, with what is needed to decide which readers
 * may get it. Immutable.
 */
public final class RoomList {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final int BARE_WEIGHT = 400;
  private static final int WEIGHT_OF_SENDER = 50;
  private static final int WEIGHT_OF_LIVE_EVENT = 32;

  private final long number = NUMBERS.incrementAndGet();
  private final EncodedEvents events;
  private final boolean isCut;
  private final Optional<HistoryPoint> first;
  private final Reading reading;
  private final List<LiveEvent> liveEvents = new ArrayList<>();
  private final Set<HistoryVisibility> backfill = EnumSet.noneOf(HistoryVisibility.class);
  private final Set<UserId> senders = new HashSet<>();

  /**
   * Makes a list from the events that were read.
   *
   * @param list the events
   * @param replaced the replaced events whose content is shown
   * @param encoded the same events encoded, without damaged ones
   * @param reading when and how the list was read
   */
  RoomList(
      List<StoredEvent> list,
      Map<EventId, StoredEvent> replaced,
      EncodedEvents encoded,
      Reading reading) {
    this.events = encoded;
    this.isCut = list.size() == reading.limit();
    this.first = list.stream().findFirst().map(StoredEvent::point);
    this.reading = reading;
    for (StoredEvent event : list) {
      if (reading.limit() > 0) {
        event
            .visibility()
            .ifPresentOrElse(backfill::add, () -> liveEvents.add(LiveEvent.of(event)));
      }
      Erasure.addSenders(event, senders);
      event.replaces().map(replaced::get).ifPresent(old -> Erasure.addSenders(old, senders));
    }
  }

  /**
   * When and how a list was read.
   *
   * @param at when it was read
   * @param upTo the position as of which it was read
   * @param limit the maximum number of messages; 0 for a list of state, which is complete
   */
  record Reading(LastChanges.Moment at, long upTo, int limit) {}

  /** The position, sender and subject of a live event in the list. */
  private record LiveEvent(long position, UserId sender, Optional<UserId> subject) {
    static LiveEvent of(StoredEvent event) {
      return new LiveEvent(
          event.position(), event.event().sender(), event.event().subject());
    }

    boolean isVisible(Ranges visible) {
      return visible.coversPosition(position)
          || visible.own().equals(Optional.of(sender))
          || (subject.isPresent() && visible.own().equals(subject));
    }
  }

  /** Returns the unique number of this list. */
  long number() {
    return number;
  }

  public EncodedEvents events() {
    return events;
  }

  /** Returns the point of the oldest event, or empty if the list is empty. */
  public Optional<HistoryPoint> first() {
    return first;
  }

  Reading reading() {
    return reading;
  }

  /** Returns the users whose being ignored or erased may change how the list looks. */
  public Set<UserId> senders() {
    return senders;
  }

  /** Returns whether any of {@code users} is among the senders. */
  boolean hasSender(Set<UserId> users) {
    return !users.isEmpty() && !Collections.disjoint(senders, users);
  }

  /**
   * Returns whether a viewer who reads the same number of messages would get exactly these. Conservative: never true
   * for a viewer who may not see everything.
   *
   * @param visible the ranges that the viewer may see; the viewer ignores none of the senders
   * @param ownBackfill the newest backfilled event that the viewer sent or is the subject of; its visibility is not
   *     known, so it may be missing from the list
   */
  boolean isWithin(Ranges visible, HistoryPoint ownBackfill) {
    if (!visible.backfill().containsAll(backfill)) {
      return false;
    }
    for (LiveEvent event : liveEvents) {
      if (!event.isVisible(visible)) {
        return false;
      }
    }
    return ownBackfill.equals(HistoryPoint.START)
        || (isCut && first.filter(oldest -> ownBackfill.compareTo(oldest) < 0).isPresent());
  }

  int weight() {
    return BARE_WEIGHT
        + events.weight()
        + WEIGHT_OF_LIVE_EVENT * liveEvents.size()
        + WEIGHT_OF_SENDER * senders.size();
  }
}
