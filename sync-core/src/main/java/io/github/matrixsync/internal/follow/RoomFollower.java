package io.github.matrixsync.internal.follow;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.cache.LastChanges;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows the room log, and applies its events to the {@link Window} and the {@link Roster}. */
final class RoomFollower extends Follower {
  private static final int PAGE = 1_000;

  private static final Set<String> NAMES = Set.of("m.room.name", "m.room.canonical_alias");

  private final EventStore events;
  private final Window window;
  private final Roster roster;
  private final LastChanges changes;
  private volatile long seenBackfill;

  RoomFollower(
      EventStore events,
      Window window,
      Roster roster,
      LastChanges changes,
      FollowerContext context) {
    super("rooms", events, context);
    this.events = events;
    this.window = window;
    this.roster = roster;
    this.changes = changes;
    this.seenBackfill = events.backfilledTo();
    window.restart(published());
    changes.restart(published());
  }

  @Override
  long backfilledTo() {
    return events.backfilledTo();
  }

  @Override
  long takenBackfill() {
    return seenBackfill;
  }

  @Override
  void read(long after, long upTo, WakeUpTargets targets) {
    takeBackfill(events.backfilledTo());
    if (after < upTo) {
      try {
        take(events.log(Interest.everything(), after, upTo, PAGE), targets);
      } catch (ExpiredPositionException e) {
        skip(e.retainedAfter(), targets);
      }
    }
  }

  /**
   * Applies the backfill since the last call. In the window it changes only the events that a backfilled redaction
   * touches.
   */
  private void takeBackfill(long upTo) {
    if (upTo < seenBackfill) {
      Set<EventId> touched = touchedInWindow(events.backfill(seenBackfill, upTo).redacted());
      Map<EventId, StoredEvent> now = touched.isEmpty() ? Map.of() : events.events(touched);
      roster.atomically(() -> {
        if (now.keySet().containsAll(touched)) {
          refresh(touched, now, Map.of());
          roster.dropChanges(window.append(List.of()));
        } else {
          // A redacted event was purged, so it is unknown which redaction applies to it. The window
          // is emptied, so that the event is not shown from memory.
          window.restart(published());
          roster.missedChanges();
        }
        seenBackfill = upTo;
      });
    }
  }

  /** Continues after a purge that overtook the follower. Polls with older tokens are woken and answered as expired. */
  private void skip(long retainedAfter, WakeUpTargets targets) {
    roster.atomically(() -> {
      window.restart(retainedAfter);
      roster.missedChanges();
      changes.restart(Math.max(published(), retainedAfter));
      publish(Math.max(published(), retainedAfter));
    });
    targets.addEveryone();
  }

  private void take(LogPage page, WakeUpTargets targets) {
    Map<EventId, StoredEvent> redactions = new HashMap<>();
    page.events()
        .forEach(
            event -> event.event().redacts().ifPresent(id -> redactions.putIfAbsent(id, event)));
    Set<EventId> touched = touchedInWindow(redactions.keySet());
    Set<EventId> wanted = new HashSet<>(touched);
    wanted.addAll(redactions.keySet());
    page.events().forEach(event -> event.replaces().ifPresent(wanted::add));
    Map<EventId, StoredEvent> others = wanted.isEmpty() ? Map.of() : events.events(wanted);
    List<WindowEntry> entries = new ArrayList<>(page.events().size());
    for (StoredEvent event : page.events()) {
      entries.add(
          new WindowEntry(event, find(event.replaces(), others), redactsName(event, others)));
    }
    roster.atomically(() -> {
      refresh(touched, others, redactions);
      for (WindowEntry entry : entries) {
        roster.apply(entry, targets);
        changes.note(entry.stored());
      }
      roster.dropChanges(window.append(entries));
      changes.advance(page.through());
      publish(page.through());
    });
  }

  /**
   * Returns whether an event redacts a name or an alias of its room, so that clients may have to name the room after
   * its members.
   */
  private static boolean redactsName(StoredEvent event, Map<EventId, StoredEvent> others) {
    return find(event.event().redacts(), others)
        .map(StoredEvent::event)
        .filter(target -> target.room().equals(event.event().room()))
        .filter(target -> target.isState() && NAMES.contains(target.type()))
        .isPresent();
  }

  /**
   * Returns the events in the window that redactions change: the {@code redacted} events, the events that these
   * redacted themselves, and the events that they replaced.
   */
  private Set<EventId> touchedInWindow(Set<EventId> redacted) {
    Set<EventId> touched = new HashSet<>();
    if (!redacted.isEmpty()) {
      Window.View view = window.view();
      for (int i = view.first(); i < view.end(); i++) {
        WindowEntry entry = view.entry(i);
        addTouched(entry.stored(), redacted, touched);
        entry.replaced().ifPresent(replaced -> addTouched(replaced, redacted, touched));
      }
    }
    return touched;
  }

  private static void addTouched(StoredEvent event, Set<EventId> redacted, Set<EventId> touched) {
    EventId id = event.event().id();
    if (redacted.contains(id)
        || event.redaction().filter(r -> redacted.contains(r.event().id())).isPresent()) {
      touched.add(id);
    }
  }

  /**
   * Replaces the events in the window that were redacted.
   *
   * @param now the events as they were read again; purged events are missing
   * @param redactions the redactions, by the id of the event that they redact
   */
  private void refresh(
      Set<EventId> touched, Map<EventId, StoredEvent> now, Map<EventId, StoredEvent> redactions) {
    if (!touched.isEmpty()) {
      window.replace(entry -> refreshed(entry, now, redactions));
    }
  }

  private static WindowEntry refreshed(
      WindowEntry entry, Map<EventId, StoredEvent> now, Map<EventId, StoredEvent> redactions) {
    StoredEvent old = entry.stored();
    StoredEvent self = now.get(old.event().id());
    Optional<Redaction> redaction =
        self == null ? redactionOfPurged(old, redactions) : self.redaction();
    Optional<StoredEvent> replaced =
        entry.replaced().map(r -> now.getOrDefault(r.event().id(), r));
    if (self == null && redaction.equals(old.redaction()) && replaced.equals(entry.replaced())) {
      return entry;
    }
    return new WindowEntry(old.withRedaction(redaction), replaced, entry.redactsName());
  }

  /** Returns the redaction of an event that the store has purged: the first one that was sent in the event's room. */
  private static Optional<Redaction> redactionOfPurged(
      StoredEvent purged, Map<EventId, StoredEvent> redactions) {
    if (purged.redaction().isPresent()) {
      RoomEvent known = purged.redaction().get().event();
      return redactions.containsKey(known.id())
          ? Optional.of(new Redaction(known, true))
          : purged.redaction();
    }
    return Optional.ofNullable(redactions.get(purged.event().id()))
        .filter(redaction -> redaction.event().room().equals(purged.event().room()))
        .map(redaction -> new Redaction(redaction.event(), redaction.redaction().isPresent()));
  }

  private static Optional<StoredEvent> find(
      Optional<EventId> id, Map<EventId, StoredEvent> events) {
    return id.map(events::get);
  }
}
