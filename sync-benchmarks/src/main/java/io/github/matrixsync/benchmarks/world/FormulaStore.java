package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store that computes memberships and holds none, so that the measured heap is the engine's. Appended events are held
 * in memory, and must not change memberships. All users joined at positions before the first of these. Thread-safe.
 */
public final class FormulaStore implements AppendableEventStore {
  /** The watermark of the empty store; all joins are before it. */
  public static final long START = 1_000_000;

  private final Population population;
  private final MemoryEventStore log =
      MemoryEventStore.builder().firstPosition(START + 1).build();

  /** Creates a store without messages. */
  public FormulaStore(Population population) {
    this.population = population;
  }

  @Override
  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    Map<RoomId, MemberChange> memberships = new HashMap<>();
    int number = population.number(user);
    if (number >= 0) {
      long position = 1;
      for (int room : population.rooms(number)) {
        memberships.put(Population.room(room), join(user, position++));
      }
      if (population.hasLobby()) {
        memberships.put(Population.LOBBY, join(user, position));
      }
    }
    return memberships;
  }

  @Override
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
    Map<RoomId, Set<UserId>> members = new HashMap<>();
    rooms.forEach(room -> members.put(room, new HashSet<>()));
    for (int number = 0; number < population.users(); number++) {
      UserId user = Population.user(number);
      for (RoomId room : memberships(user, upTo).keySet()) {
        members.computeIfPresent(room, (id, users) -> {
          users.add(user);
          return users;
        });
      }
    }
    return members;
  }

  @Override
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
    Map<RoomId, MemberChange> memberships = memberships(viewer, upTo);
    Map<RoomId, Timelines> timelines = new HashMap<>();
    for (RoomId room : rooms) {
      MemberChange join = memberships.get(room);
      timelines.put(room, join == null ? Timelines.EMPTY : new Timelines(List.of(join), List.of()));
    }
    return timelines;
  }

  private static MemberChange join(UserId user, long position) {
    Optional<EventId> event = Optional.of(EventId.parse("$join" + position + user.value()));
    return new MemberChange(position, user, Membership.LEAVE, Membership.JOIN, event);
  }

  @Override
  public List<Long> append(List<Append> batch) {
    return log.append(batch);
  }

  @Override
  public long watermark() {
    return log.watermark();
  }

  @Override
  public long retainedAfter() {
    return log.retainedAfter();
  }

  @Override
  public long backfilledTo() {
    return log.backfilledTo();
  }

  @Override
  public Backfill backfill(long after, long upTo) {
    return log.backfill(after, upTo);
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return log.onAdvance(listener);
  }

  @Override
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    boolean ofUser = interest instanceof Interest.OfUser;
    return log.log(ofUser ? Interest.everything() : interest, after, upTo, limit);
  }

  @Override
  public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
    return log.events(ids);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    return log.state(upTo);
  }

  @Override
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
    return log.latest(visible, limit);
  }

  @Override
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    return log.history(slice, direction, limit);
  }

  @Override
  public HistoryPoint pointAt(RoomId room, long position) {
    return log.pointAt(room, position);
  }

  /** Purges all messages, so that the store does not grow. */
  public void purge() {
    log.purge(log.watermark());
  }
}
