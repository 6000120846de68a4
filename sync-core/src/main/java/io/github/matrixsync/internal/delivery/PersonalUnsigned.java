package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.encoding.AnsweredEvent;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.stores.HostRoles;
import io.github.matrixsync.store.device.TransactionIds;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Adds the members of {@code unsigned} that depend on the reader: the reader's membership at the event, the transaction
 * id of an event that the reader's device sent, and the bundled relations. Used by {@code /sync} and by the reads of
 * rooms. May block. Thread-safe.
 *
 * <p>Source: {@code UnsignedData} of the Client-Server API v1.16.
 */
public final class PersonalUnsigned {
  private final EventGate gate;
  private final Optional<TransactionIds> transactionIds;
  private final Optional<BundledRelations> relations;

  public PersonalUnsigned(HostRoles roles, EventGate gate, EventCache events) {
    this.gate = gate;
    transactionIds = roles.transactionIds();
    relations = roles.relations().map(store -> new BundledRelations(store, gate, events));
  }

  /**
   * The reader for whom events are prepared.
   *
   * @param user the user
   * @param device the device that makes the request; empty: no transaction ids are added
   * @param ignored the users whom the user ignores
   * @param upTo the position up to which related events may be shown to the user
   * @param now the time from which ages count
   * @param form the form of the events and of the relations that are bundled with them
   */
  // More than five parameters: one for each fact about the reader; each caller has all of them.
  public record Audience(
      UserId user,
      Optional<DeviceId> device,
      Set<UserId> ignored,
      long upTo,
      Instant now,
      EventForm form) {}

  /**
   * Encodes a page of one room's history, each event with the content that it replaced. The result has the order of
   * {@code chunk}, with an empty element for an event that is damaged. In a form without {@code unsigned} nothing is
   * added.
   */
  public List<Optional<ClientEvent>> show(List<StoredEvent> chunk, RoomView view, Audience viewer) {
    return show(chunk, gate.encode(chunk, viewer.form(), event -> view), view, viewer);
  }

  /** Encodes one event without the content that it replaced; empty if it is damaged. */
  public Optional<ClientEvent> show(EventGate.Shown event, Audience viewer) {
    return show(
            List.of(event.event()),
            List.of(gate.encode(event, viewer.form())),
            event.view(),
            viewer)
        .get(0);
  }

  private List<Optional<ClientEvent>> show(
      List<StoredEvent> chunk,
      List<Optional<EncodedEvent>> encoded,
      RoomView view,
      Audience viewer) {
    List<Optional<ClientEvent>> shown = new ArrayList<>(chunk.size());
    for (int i = 0; i < chunk.size(); i++) {
      long position = chunk.get(i).position();
      shown.add(encoded.get(i).map(event -> withMembership(event, position, view, viewer)));
    }
    if (!viewer.form().hasUnsigned() || chunk.isEmpty()) {
      return shown;
    }
    List<ClientEvent> whole = shown.stream().flatMap(Optional::stream).toList();
    Map<EventId, RawJson> members =
        find(Map.of(chunk.get(0).event().room(), whole), room -> true, viewer);
    shown.replaceAll(event -> event.map(each -> extended(each, members)));
    return shown;
  }

  /** Returns an event with the reader's membership at it, if the form has {@code unsigned}. */
  private static ClientEvent withMembership(
      EncodedEvent event, long position, RoomView view, Audience viewer) {
    return viewer.form().hasUnsigned()
        ? event.at(viewer.now(), UnsignedMembers.membership(view.membershipAt(position)))
        : event.at(viewer.now());
  }

  /** Returns whether transaction ids or relations of these events must be read from a store. Does no I/O. */
  public boolean mustRead(
      Map<RoomId, List<ClientEvent>> byRoom, Predicate<RoomId> isBundled, Audience viewer) {
    return (asksForTransactions(viewer) && !own(byRoom, viewer.user()).isEmpty())
        || (relations.isPresent() && byRoom.keySet().stream().anyMatch(isBundled));
  }

  /**
   * Returns the members of {@code unsigned} that come from stores, by event; events without any are left out. Reads
   * transaction ids once and relations in a constant number of reads, and neither if it is not needed.
   *
   * @param byRoom events of an answer, by room; none of the lists is empty
   * @param isBundled selects the rooms whose events get bundled relations
   */
  public Map<EventId, RawJson> find(
      Map<RoomId, List<ClientEvent>> byRoom, Predicate<RoomId> isBundled, Audience viewer) {
    Map<EventId, RawJson> members = new HashMap<>();
    if (asksForTransactions(viewer)) {
      List<EventId> own = own(byRoom, viewer.user());
      if (!own.isEmpty()) {
        transactionIds
            .orElseThrow()
            .of(viewer.user(), viewer.device().orElseThrow(), own)
            .forEach((id, text) -> members.put(id, UnsignedMembers.transactionId(text)));
      }
    }
    Map<RoomId, List<ClientEvent>> bundled = new HashMap<>(byRoom);
    bundled.keySet().removeIf(isBundled.negate());
    if (relations.isPresent() && !bundled.isEmpty()) {
      relations
          .get()
          .find(bundled, viewer)
          .forEach((id, related) -> members.merge(id, related, AnsweredEvent::join));
    }
    return members;
  }

  /** Returns events with the members that {@link #find} returned for them. */
  public static List<ClientEvent> extended(
      List<ClientEvent> events, Map<EventId, RawJson> members) {
    return members.isEmpty()
        ? events
        : events.stream().map(event -> extended(event, members)).toList();
  }

  private static ClientEvent extended(ClientEvent event, Map<EventId, RawJson> members) {
    RawJson more = event.id().map(members::get).orElse(null);
    return more == null ? event : AnsweredEvent.extend(event, more);
  }

  private boolean asksForTransactions(Audience viewer) {
    return transactionIds.isPresent() && viewer.device().isPresent();
  }

  private static List<EventId> own(Map<RoomId, List<ClientEvent>> byRoom, UserId user) {
    List<EventId> own = new ArrayList<>();
    byRoom
        .values()
        .forEach(events -> events.stream()
            .filter(event -> event.sender().equals(Optional.of(user)))
            .forEach(event -> event.id().ifPresent(own::add)));
    return own;
  }
}
