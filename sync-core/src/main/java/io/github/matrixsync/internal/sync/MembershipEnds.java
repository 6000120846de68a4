package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.RoomFilter;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.sync.LeftRoom;
import io.github.matrixsync.sync.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Selects the events that end invitations and knocks. Of rooms that the viewer was not in, these are the viewer's own
 * member events and nothing else. Thread-safe.
 */
final class MembershipEnds {
  private final EventCache events;
  private final EventGate gate;

  MembershipEnds(EventCache events, EventGate gate) {
    this.events = events;
    this.gate = gate;
  }

  /**
   * Returns the parts of rooms.
   *
   * @param ends by room, the viewer's changes since the client's token, ascending
   */
  Map<RoomId, LeftRoom> read(
      Map<RoomId, List<MemberChange>> ends, ViewerContext viewer, int limit, StoreReads reads) {
    if (ends.isEmpty()) {
      return Map.of();
    }
    reads.require();
    Set<EventId> ids = new HashSet<>();
    ends.values().forEach(changes -> changes.forEach(change -> change.event().ifPresent(ids::add)));
    Map<EventId, StoredEvent> found = events.find(ids);
    EventGate.Showing showing = gate.showing(viewer.form(), found.values());
    Map<RoomId, RoomView> views = showing.isWhole()
        ? Map.of()
        : gate.views(viewer.user(), ends.keySet(), viewer.end().room());
    Encoding encoding = event -> showing.isWhole()
        ? showing.encodeWhole(event, Optional.empty())
        : showing.encode(event, BatchAnswers.answer(views, event.event().room()));
    Map<RoomId, LeftRoom> rooms = new TreeMap<>();
    ends.forEach((room, changes) -> {
      List<StoredEvent> own = new ArrayList<>();
      Optional<StoredEvent> last = Optional.empty();
      for (MemberChange change : changes) {
        last = change.event().map(found::get);
        last.filter(event -> event.position() == change.position()).ifPresent(own::add);
      }
      rooms.put(room, part(own, last, viewer, limit, encoding));
    });
    return rooms;
  }

  /** Encodes an event for the viewer, redacted if its sender is erased; empty if it is damaged. */
  private interface Encoding {
    Optional<EncodedEvent> encode(StoredEvent event);
  }

  /**
   * Returns the part of one room.
   *
   * @param own the member events of the viewer, ascending
   * @param last the member entry in the end
   */
  private static LeftRoom part(
      List<StoredEvent> own,
      Optional<StoredEvent> last,
      ViewerContext viewer,
      int limit,
      Encoding encoding) {
    RoomFilter filter = viewer.filter().room();
    List<StoredEvent> wanted = own.stream()
        .filter(event -> filter.timeline().includes(event.event().room()))
        .filter(filter.timeline()::matches)
        .filter(event -> !Ranges.ignores(viewer.user(), viewer.ignored(), event.event()))
        .toList();
    List<StoredEvent> shown = wanted.subList(Math.max(0, wanted.size() - limit), wanted.size());
    List<StoredEvent> entry = last.stream().toList();
    boolean isTold = !viewer.stateMode().isAfter() && shown.containsAll(entry);
    Timeline timeline = new Timeline(
        encode(shown, viewer, encoding), shown.size() < wanted.size(), before(shown, last, viewer));
    return new LeftRoom(isTold ? List.of() : encode(entry, viewer, encoding), timeline, List.of());
  }

  /** Returns the token before the first event; there is none before a member event without a room. */
  private static Optional<PaginationToken> before(
      List<StoredEvent> shown, Optional<StoredEvent> last, ViewerContext viewer) {
    if (shown.isEmpty()) {
      return last.filter(event -> event.kind() == EventKind.OUTLIER).isPresent()
          ? Optional.empty()
          : Optional.of(viewer.end());
    }
    StoredEvent first = shown.get(0);
    return first.kind() == EventKind.OUTLIER
        ? Optional.empty()
        : Optional.of(viewer.end().withRoom(first.position() - 1));
  }

  private static List<ClientEvent> encode(
      List<StoredEvent> own, ViewerContext viewer, Encoding encoding) {
    return own.stream()
        .flatMap(event -> encoding.encode(event).stream()
            .map(encoded -> encoded.at(viewer.now(), membership(event))))
        .toList();
  }

  /** Returns the viewer's membership at an own member event, which is the one that it set. */
  private static RawJson membership(StoredEvent own) {
    return RawJson.of(
        "\"membership\":\"" + own.event().membership().orElseThrow().value() + '"');
  }
}
