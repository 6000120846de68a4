package io.github.matrixsync;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.EphemeralEvents;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.PresenceChange;
import io.github.matrixsync.store.PresenceState;
import io.github.matrixsync.store.ReceiptChange;
import io.github.matrixsync.store.TypingChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Presence, typing and receipts, and who gets them: presence of oneself, of people in a shared joined room and of those one follows; typing and receipts of joined rooms. Membership is that of the room part of the answer's end. May block. Thread-safe.
 */
final class Ephemerals {
  private static final int PRESENCE_ON_JOIN = 1_000;

  private final EventStore events;
  private final Following following;
  private final Roster roster;

  Ephemerals(EventStore events, Following following, Roster roster) {
    this.events = events;
    this.following = following;
    this.roster = roster;
  }

  /** Returns whether an answer needs none of this, since nothing moved and nobody joined. Does no I/O. */
  static boolean isNothingNew(StreamToken from, StreamToken end, RoomPart rooms) {
    for (int i = 1; i < end.size(); i++) {
      if (end.part(i) > from.part(i)) {
        return false;
      }
    }
    return rooms.due().stream().noneMatch(due -> joins(due).findAny().isPresent());
  }

  /** Returns what is new to a user between two tokens, in the order of the parts. */
  List<ClientEvent> between(
      Reader reader, StreamToken from, StreamToken end, RoomPart rooms, Instant now) {
    Set<RoomId> joined = reader.joinedRoomsAt(end.room());
    List<EncodedEvent> all = new ArrayList<>();
    presence(reader, joined, from, end, rooms).forEach(p -> all.add(EphemeralEvents.presence(p)));
    addTyping(joined, from, end, all);
    addReceipts(joined, from, end, all);
    return at(all, now);
  }

  /** Returns what is new in one room, to a user who may read it now. */
  List<ClientEvent> inRoom(RoomId room, StreamToken from, StreamToken end, Instant now) {
    Set<RoomId> only = Set.of(room);
    List<EncodedEvent> all = new ArrayList<>();
    if (end.presence() > from.presence()) {
      Set<UserId> members = events.joinedMembers(only, end.room()).getOrDefault(room, Set.of());
      following
          .presence()
          .current(members, from.presence(), end.presence())
          .forEach(change -> all.add(EphemeralEvents.presence(change)));
    }
    addTyping(only, from, end, all);
    addReceipts(only, from, end, all);
    return at(all, now);
  }

  /** Returns the present presence of these users, as of {@code end}. */
  List<ClientEvent> presenceOf(Collection<UserId> users, StreamToken end, Instant now) {
    return at(
        following.presence().current(users, 0, end.presence()).stream()
            .map(EphemeralEvents::presence)
            .toList(),
        now);
  }

  /** Returns all receipts of these rooms, as of {@code end}; empty if the engine has none. */
  Optional<List<ClientEvent>> receiptsOf(Set<RoomId> rooms, StreamToken end, Instant now) {
    var receipts = following.receipts();
    if (receipts == null) {
      return Optional.empty();
    }
    return Optional.of(at(byRoom(receipts.current(rooms, 0, end.receipts())), now));
  }

  private Collection<PresenceChange> presence(
      Reader reader, Set<RoomId> joined, StreamToken from, StreamToken end, RoomPart rooms) {
    Map<UserId, PresenceChange> due = new LinkedHashMap<>();
    if (end.presence() > from.presence()) {
      var follower = following.presence();
      Collection<PresenceChange> changes = follower
          .kept(from.presence(), end.presence())
          .orElseGet(() -> follower.current(
              peopleAround(reader, joined, end.room()), from.presence(), end.presence()));
      for (PresenceChange change : changes) {
        if (mayKnow(reader, change.user(), end.room())) {
          due.put(change.user(), change);
        }
      }
    }
    for (PresenceChange change : presenceOnJoin(reader, joined, rooms, end)) {
      due.putIfAbsent(change.user(), change);
    }
    return due.values();
  }

  /** Returns the presence of those whom a join brought together with the reader: of the members to one who joined, of who joined to the members. */
  private List<PresenceChange> presenceOnJoin(
      Reader reader, Set<RoomId> joined, RoomPart rooms, StreamToken end) {
    Set<UserId> met = new HashSet<>();
    Set<RoomId> entered = new HashSet<>();
    for (RoomPart.Due due : rooms.due()) {
      RoomId room = due.stored().event().room();
      joins(due).filter(join -> joined.contains(room)).forEach(join -> {
        if (join.user().equals(reader.user())) {
          entered.add(room);
        } else {
          met.add(join.user());
        }
      });
    }
    if (!entered.isEmpty()) {
      events.joinedMembers(entered, end.room()).values().forEach(met::addAll);
    }
    if (met.isEmpty() || end.presence() == 0) {
      return List.of();
    }
    return following.presence().current(met, 0, end.presence()).stream()
        .filter(change -> change.state() != PresenceState.OFFLINE)
        .limit(PRESENCE_ON_JOIN)
        .toList();
  }

  private static java.util.stream.Stream<MemberChange> joins(RoomPart.Due due) {
    return due.stored().changes().stream()
        .filter(change -> change instanceof MemberChange member && member.isJoin())
        .map(MemberChange.class::cast);
  }

  private boolean mayKnow(Reader reader, UserId user, long position) {
    if (user.equals(reader.user()) || reader.preferences().presenceList().contains(user)) {
      return true;
    }
    Reader other = roster.acquire(user);
    try {
      roster.load(other);
      return reader.sharesRoomWith(other, position);
    } finally {
      roster.release(other);
    }
  }

  /** Returns the reader, the members of their rooms, and whom they follow. */
  Set<UserId> peopleAround(Reader reader, Set<RoomId> joined, long position) {
    Set<UserId> people = new HashSet<>(reader.preferences().presenceList());
    people.add(reader.user());
    if (!joined.isEmpty()) {
      events.joinedMembers(joined, position).values().forEach(people::addAll);
    }
    return people;
  }

  private void addTyping(
      Set<RoomId> rooms, StreamToken from, StreamToken end, List<EncodedEvent> all) {
    if (end.typing() > from.typing()) {
      var follower = following.typing();
      for (TypingChange change : changes(
          follower.kept(from.typing(), end.typing()),
          () -> follower.current(rooms, from.typing(), end.typing()))) {
        if (rooms.contains(change.room())) {
          all.add(EphemeralEvents.typing(change.room(), change.users()));
        }
      }
    }
  }

  private void addReceipts(
      Set<RoomId> rooms, StreamToken from, StreamToken end, List<EncodedEvent> all) {
    var follower = following.receipts();
    if (follower != null && end.receipts() > from.receipts()) {
      all.addAll(byRoom(changes(
              follower.kept(from.receipts(), end.receipts()),
              () -> follower.current(rooms, from.receipts(), end.receipts()))
          .stream()
          .filter(change -> rooms.contains(change.room()))
          .toList()));
    }
  }

  private static <C> Collection<C> changes(
      Optional<Collection<C>> kept, Supplier<? extends Collection<C>> read) {
    return kept.isPresent() ? kept.get() : read.get();
  }

  private static List<EncodedEvent> byRoom(Collection<ReceiptChange> changes) {
    Map<RoomId, List<ReceiptChange>> rooms = new LinkedHashMap<>();
    for (ReceiptChange change : changes) {
      rooms.computeIfAbsent(change.room(), room -> new ArrayList<>()).add(change);
    }
    List<EncodedEvent> entries = new ArrayList<>();
    rooms.forEach((room, receipts) -> entries.add(EphemeralEvents.receipts(room, receipts)));
    return entries;
  }

  private static List<ClientEvent> at(List<EncodedEvent> entries, Instant now) {
    return entries.stream().map(entry -> ClientEvent.of(entry, now)).toList();
  }
}
