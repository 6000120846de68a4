package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.topic;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A room of random events, and its state after each event, computed from the events alone. Confined to one
 * test.
 */
final class RandomRoom {
  private static final int SIZE = 80;
  private static final int MAX_BATCH = 5;
  private static final List<Membership> MEMBERSHIPS = List.of(Membership.values());
  private static final List<UserId> USERS = List.of(ALICE, BOB, CAROL);

  private final long seed;
  private final List<RoomEvent> events = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();

  private RandomRoom(long seed, long start) {
    this.seed = seed;
    positions.add(start);
  }

  static RandomRoom fillInto(EventStoreFixture subject) {
    RandomRoom room = new RandomRoom(System.nanoTime(), subject.start());
    Random random = new Random(room.seed);
    while (room.events.size() < SIZE) {
      List<RoomEvent> batch = new ArrayList<>();
      for (int i = random.nextInt(MAX_BATCH); i >= 0; i--) {
        batch.add(event("random" + (room.events.size() + batch.size()), random));
      }
      room.positions.addAll(subject.fill(batch));
      room.events.addAll(batch);
    }
    return room;
  }

  private static RoomEvent event(String name, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> message(name);
      case 1 -> topic(name);
      default ->
        member(
            name,
            USERS.get(random.nextInt(USERS.size())),
            MEMBERSHIPS.get(random.nextInt(MEMBERSHIPS.size())));
    };
  }

  long seed() {
    return seed;
  }

  int size() {
    return events.size();
  }

  /** Returns the position of the {@code count}th event; for 0 the position before all. */
  long positionAfter(long count) {
    return positions.get((int) count);
  }

  Collection<EventId> stateAfter(long count) {
    Map<List<String>, EventId> entries = new HashMap<>();
    first(count)
        .filter(RoomEvent::isState)
        .forEach(event ->
            entries.put(List.of(event.type(), event.stateKey().orElseThrow()), event.id()));
    return entries.values();
  }

  Optional<Membership> membershipAfter(UserId user, long count) {
    return first(count)
        .filter(event -> event.isAbout(user))
        .reduce((earlier, later) -> later)
        .flatMap(RoomEvent::membership);
  }

  Set<UserId> joinedAfter(long count) {
    return USERS.stream()
        .filter(user -> membershipAfter(user, count).equals(Optional.of(Membership.JOIN)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<RoomEvent> first(long count) {
    return events.stream().limit(count);
  }
}
