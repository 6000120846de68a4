package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.room.JoinedMember;
import io.github.matrixsync.call.room.MembersOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.LastChanges;
import io.github.matrixsync.internal.cache.RoomList;
import io.github.matrixsync.internal.cache.RoomListCache;
import io.github.matrixsync.internal.cache.UserRooms.UserRoom;
import io.github.matrixsync.internal.cache.UserRoomsCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.encoding.ClientEvents;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.stores.EngineContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reads the state and the members of rooms that a viewer may see. The state of a room is cached for all viewers until
 * it changes; it is read for a single viewer if one of its senders is erased, or as of a place in the past. May block.
 * Thread-safe.
 */
public final class RoomStateReads {
  private final StreamFollowers followers;
  private final EventGate gate;
  private final StateReader reader;
  private final RoomListCache lists;
  private final LastChanges changes;
  private final UserRoomsCache userRooms;
  private final InstantSource clock;

  public RoomStateReads(
      EngineContext context, StreamFollowers followers, EventGate gate, Caches caches) {
    this.followers = followers;
    this.gate = gate;
    this.reader = new StateReader(context.stores().events(), gate);
    this.lists = caches.lists();
    this.changes = caches.changes();
    this.userRooms = caches.userRooms();
    this.clock = context.clock();
  }

  /**
   * What a viewer sees of a room.
   *
   * @param extent the position up to which the viewer may read it
   * @param now the end of the log
   */
  private record Seen(RoomId room, RoomView view, long extent, long now) {
    Seen at(long position) {
      return new Seen(room, view, Math.max(0, Math.min(position, extent)), now);
    }
  }

  /**
   * Returns the state of a room.
   *
   * @throws RoomNotReadableException if the user may not read it
   */
  public List<ClientEvent> state(UserId user, RoomId room, EventForm form) {
    Seen seen = seen(user, room);
    Optional<EncodedEvents> shared = shared(seen, form);
    return shared.isPresent()
        ? ClientEvents.of(shared.get(), clock.instant())
        : at(own(seen, form, entry -> true));
  }

  /**
   * Returns an entry of the state of a room.
   *
   * @throws RoomNotReadableException if the user may not read it
   */
  public Optional<ClientEvent> entry(
      UserId user, RoomId room, String type, String stateKey, EventForm form) {
    Seen seen = seen(user, room);
    Optional<EncodedEvents> shared = shared(seen, form);
    Optional<EncodedEvent> found = shared.isPresent()
        ? shared.get().entry(type, stateKey)
        : own(
                seen,
                form,
                entry -> entry.type().equals(type)
                    && entry.stateKey().filter(stateKey::equals).isPresent())
            .stream()
            .findFirst();
    return found.map(entry -> entry.at(clock.instant()));
  }

  /**
   * Returns the member events of a room.
   *
   * @param options with a token that has no more parts than there are streams
   * @throws RoomNotReadableException if the user may not read it
   */
  public List<ClientEvent> members(UserId user, RoomId room, MembersOptions options) {
    options.at().ifPresent(token -> HistoryPages.check(followers, user, token));
    Seen seen = seen(user, room);
    List<EncodedEvent> members = members(
        seen.at(options.at().map(RoomStateReads::position).orElse(seen.extent())), options.form());
    return at(members.stream()
        .filter(member -> options.includes(member.membership().orElse(Membership.LEAVE)))
        .toList());
  }

  /**
   * Returns who is joined to a room.
   *
   * @throws RoomNotReadableException if neither the user is, nor one of the service's
   */
  public List<JoinedMember> joined(UserId user, RoomId room, Optional<ServiceNamespaces> service) {
    long now = followers.current().room();
    RoomView view = gate.viewUnlessForgotten(user, room, now);
    List<JoinedMember> joined = new ArrayList<>();
    for (EncodedEvent member : members(new Seen(room, view, now, now), EventForm.R0)) {
      if (member.membership().equals(Optional.of(Membership.JOIN))) {
        joined.add(profile(member));
      }
    }
    Predicate<UserId> asks = member -> member.equals(user)
        || service.filter(names -> names.matchesUser(member)).isPresent();
    if (joined.stream().map(JoinedMember::user).noneMatch(asks)) {
      throw EngineErrors.roomNotReadable(room);
    }
    return joined;
  }

  /** Returns the rooms that a user is joined to. */
  public Set<RoomId> joinedRooms(UserId user) {
    Set<RoomId> joined = new TreeSet<>();
    for (UserRoom room : userRooms.find(user, followers.current().room()).rooms()) {
      if (room.change().after() == Membership.JOIN) {
        joined.add(room.room());
      }
    }
    return joined;
  }

  /** Returns the member events of a room. */
  private List<EncodedEvent> members(Seen seen, EventForm form) {
    List<EncodedEvent> members = shared(seen, form)
        .map(state -> state.entries(RoomEvent.MEMBER))
        .orElseGet(() -> own(seen, form, entry -> entry.type().equals(RoomEvent.MEMBER)));
    return members.stream().filter(member -> member.membership().isPresent()).toList();
  }

  /**
   * Returns the cached state of a room, sorted, as all its readers get it. Empty if one of its senders is erased, or if
   * the state is requested as of a place in the past, which is rarely requested twice.
   */
  private Optional<EncodedEvents> shared(Seen seen, EventForm form) {
    boolean isPresent = changes.lastOfState(seen.room()) <= seen.extent();
    boolean isOfDeparture = !isPresent && seen.view().isOut();
    if (!isPresent && !isOfDeparture && seen.extent() != seen.now()) {
      return Optional.empty();
    }
    OptionalLong departed = isOfDeparture ? OptionalLong.of(seen.extent()) : OptionalLong.empty();
    RoomList list = Objects.requireNonNull(
        lists.states(Map.of(seen.room(), departed), seen.now(), form).get(seen.room()));
    return gate.erasureIn(new RoomList[] {list}).isOfAny(list.senders())
        ? Optional.empty()
        : Optional.of(list.events());
  }

  /** Reads the state of a room for one viewer; damaged entries are left out. */
  private List<EncodedEvent> own(Seen seen, EventForm form, Predicate<RoomEvent> wanted) {
    return reader.encode(reader.read(seen.room(), seen.extent(), wanted), seen.view(), form);
  }

  private List<ClientEvent> at(List<EncodedEvent> entries) {
    Instant now = clock.instant();
    return entries.stream().map(entry -> entry.at(now)).toList();
  }

  private Seen seen(UserId user, RoomId room) {
    long now = followers.current().room();
    RoomView view = gate.viewUnlessForgotten(user, room, now);
    long extent =
        RoomExtent.ofHistory(view, now).orElseThrow(() -> EngineErrors.roomNotReadable(room));
    return new Seen(room, view, extent, now);
  }

  private static long position(PaginationToken token) {
    return token instanceof HistoryToken history
        ? history.point().position()
        : ((StreamToken) token).room();
  }

  private JoinedMember profile(EncodedEvent member) {
    Map<String, JsonField> fields = JsonReader.fields(member.content(clock.instant()));
    return new JoinedMember(
        UserId.parse(member.stateKey().orElseThrow()),
        text(fields, "displayname"),
        text(fields, "avatar_url"));
  }

  private static Optional<String> text(Map<String, JsonField> fields, String name) {
    return Optional.ofNullable(fields.get(name)).filter(JsonField::isString).map(JsonField::text);
  }
}
