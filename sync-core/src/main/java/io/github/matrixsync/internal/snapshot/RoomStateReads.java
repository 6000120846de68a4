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
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.UserRooms.UserRoom;
import io.github.matrixsync.internal.cache.UserRoomsCache;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads state and members of rooms, as far as each is shown to a viewer. May block. Thread-safe. */
public final class RoomStateReads {
  private static final Predicate<RoomEvent> IS_MEMBER = event -> event.subject().isPresent();

  private final StreamFollowers followers;
  private final EventGate gate;
  private final StateReader reader;
  private final UserRoomsCache userRooms;
  private final InstantSource clock;

  public RoomStateReads(
      EngineContext context, StreamFollowers followers, EventGate gate, Caches caches) {
    this.followers = followers;
    this.gate = gate;
    this.reader = new StateReader(context.stores().events(), gate);
    this.userRooms = caches.userRooms();
    this.clock = context.clock();
  }

  /** What a viewer sees of a room, and up to where. */
  private record Seen(RoomView view, long extent) {}

  /**
   * Returns the state of a room.
   *
   * @throws RoomNotReadableException if the user may not read it
   */
  public List<ClientEvent> state(UserId user, RoomId room, EventForm form) {
    Seen seen = seen(user, room);
    return show(reader.read(room, seen.extent(), entry -> true), seen, form);
  }

  /**
   * Returns an entry of the state of a room.
   *
   * @throws RoomNotReadableException if the user may not read it
   */
  public Optional<ClientEvent> entry(
      UserId user, RoomId room, String type, String stateKey, EventForm form) {
    Seen seen = seen(user, room);
    Predicate<RoomEvent> wanted = event ->
        event.type().equals(type) && event.stateKey().filter(stateKey::equals).isPresent();
    return show(reader.read(room, seen.extent(), wanted), seen, form).stream().findFirst();
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
    long position =
        options.at().map(at -> Math.min(position(at), seen.extent())).orElse(seen.extent());
    Predicate<RoomEvent> wanted =
        IS_MEMBER.and(event -> options.includes(event.membership().orElse(Membership.LEAVE)));
    return show(reader.read(room, Math.max(0, position), wanted), seen, options.form());
  }

  /**
   * Returns who is joined to a room.
   *
   * @throws RoomNotReadableException if neither the user is, nor one of the service's
   */
  public List<JoinedMember> joined(UserId user, RoomId room, Optional<ServiceNamespaces> service) {
    long now = followers.current().room();
    List<StoredEvent> joined = reader.read(
        room, now, event -> event.membership().filter(Membership.JOIN::equals).isPresent());
    Predicate<UserId> asks = member -> member.equals(user)
        || service.filter(names -> names.matchesUser(member)).isPresent();
    if (joined.stream().flatMap(member -> member.event().subject().stream()).noneMatch(asks)) {
      throw EngineErrors.roomNotReadable(room);
    }
    RoomView view = gate.viewUnlessForgotten(user, room, now);
    EventGate.Showing showing = gate.showing(EventForm.R0, joined);
    List<JoinedMember> members = new ArrayList<>();
    for (StoredEvent member : joined) {
      UserId subject = member.event().subject().orElseThrow();
      members.add(showing
          .encode(member, view)
          .map(encoded -> profile(subject, encoded.content(clock.instant())))
          .orElseGet(() -> new JoinedMember(subject, Optional.empty(), Optional.empty())));
    }
    return members;
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

  private List<ClientEvent> show(List<StoredEvent> entries, Seen seen, EventForm form) {
    return reader.show(entries, seen.view(), form, clock.instant());
  }

  private Seen seen(UserId user, RoomId room) {
    long now = followers.current().room();
    RoomView view = gate.viewUnlessForgotten(user, room, now);
    long extent =
        RoomExtent.ofHistory(view, now).orElseThrow(() -> EngineErrors.roomNotReadable(room));
    return new Seen(view, extent);
  }

  private static long position(PaginationToken token) {
    return token instanceof HistoryToken history
        ? history.point().position()
        : ((StreamToken) token).room();
  }

  private static JoinedMember profile(UserId user, RawJson content) {
    Map<String, JsonField> fields = JsonReader.fields(content);
    return new JoinedMember(user, text(fields, "displayname"), text(fields, "avatar_url"));
  }

  private static Optional<String> text(Map<String, JsonField> fields, String name) {
    return Optional.ofNullable(fields.get(name)).filter(JsonField::isString).map(JsonField::text);
  }
}
