package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads one room's state as of a position, or a part of it, and encodes it for one viewer. May block. Thread-safe. */
final class StateReader {
  private static final Comparator<StoredEvent> BY_ENTRY = Comparator.comparing(
          (StoredEvent entry) -> entry.event().type())
      .thenComparing(entry -> entry.event().stateKey().orElse(""));

  private final EventStore events;
  private final EventGate gate;

  StateReader(EventStore events, EventGate gate) {
    this.events = events;
    this.gate = gate;
  }

  /** Returns the entries that {@code wanted} selects, sorted by type and state key. */
  List<StoredEvent> read(RoomId room, long position, Predicate<RoomEvent> wanted) {
    return events.state(Map.of(room, position)).getOrDefault(room, List.of()).stream()
        .filter(entry -> wanted.test(entry.event()))
        .sorted(BY_ENTRY)
        .toList();
  }

  /** Encodes entries; those that are damaged are left out. */
  List<EncodedEvent> encode(List<StoredEvent> entries, RoomView view, EventForm form) {
    EventGate.Showing showing = gate.showing(form, entries);
    return entries.stream()
        .map(entry -> showing.encode(entry, view))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Encodes entries for an answer; damaged entries are left out. */
  List<ClientEvent> show(List<StoredEvent> entries, RoomView view, EventForm form, Instant now) {
    return encode(entries, view, form).stream().map(encoded -> encoded.at(now)).toList();
  }

  /** Returns what selects the member events of those who sent some events. */
  static Predicate<RoomEvent> membersOf(Collection<StoredEvent> sent) {
    Set<UserId> senders =
        sent.stream().map(event -> event.event().sender()).collect(Collectors.toSet());
    return entry -> entry.subject().filter(senders::contains).isPresent();
  }

  /**
   * Returns the position as of which state is shown for an event. Of backfill no state is known, so it is that of the
   * end of what the viewer may read.
   */
  static long positionAt(StoredEvent event, long extent) {
    return event.kind() == EventKind.LIVE ? event.position() : extent;
  }
}
