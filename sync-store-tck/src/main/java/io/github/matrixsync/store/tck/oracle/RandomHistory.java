package io.github.matrixsync.store.tck.oracle;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.store.tck.support.Events;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Generates random batches and reads, with few rooms, users and state keys, so that many of them affect the same ones.
 */
public final class RandomHistory {
  public static final List<RoomId> ROOMS =
      List.of(Events.ROOM, Events.OTHER_ROOM, RoomId.parse("!c:example.org"));
  public static final List<UserId> USERS =
      List.of(Events.ALICE, Events.BOB, UserId.parse("@carol:example.org"));

  private final Random random;
  private final List<RoomEvent> made = new ArrayList<>();

  public RandomHistory(Random random) {
    this.random = random;
  }

  public List<EventId> ids() {
    return made.stream().map(RoomEvent::id).toList();
  }

  /** Returns a batch whose state entries name readable events or events of the same batch. */
  public List<Append> batch(Predicate<EventId> isReadable) {
    int firstNew = made.size();
    List<RoomEvent> events = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      events.add(!made.isEmpty() && random.nextInt(6) == 0 ? oneOf(made) : event());
    }
    Predicate<RoomEvent> canBeNamed =
        event -> made.indexOf(event) >= firstNew || isReadable.test(event.id());
    return events.stream().map(event -> append(event, canBeNamed)).toList();
  }

  private RoomEvent event() {
    String name = "e" + made.size();
    RoomId room = oneOf(ROOMS);
    UserId sender = oneOf(USERS);
    RoomEvent.Builder event = switch (random.nextInt(8)) {
      case 0, 1, 2 ->
        Events.event(name, room, sender, RoomEvent.MEMBER)
            .stateKey(oneOf(USERS).value())
            .membership(oneOf(Arrays.asList(Membership.values())));
      case 3 ->
        Events.event(name, room, sender, RoomEvent.HISTORY_VISIBILITY)
            .stateKey("")
            .historyVisibility(oneOf(Arrays.asList(HistoryVisibility.values())));
      case 4 -> Events.event(name, room, sender, "m.room.topic").stateKey("");
      case 5 -> Events.event(name, room, sender, RoomEvent.MEMBER).stateKey("nobody");
      case 6 ->
        Events.event(name, room, sender, "m.room.redaction")
            .redacts(Events.id("e" + random.nextInt(made.size() + 5)));
      default -> Events.event(name, room, sender, "m.room.message");
    };
    if (random.nextBoolean()) {
      event.depth(random.nextInt(3) == 0 ? random.nextInt(40) : made.size() / 2);
    }
    made.add(event.build());
    return made.get(made.size() - 1);
  }

  private Append append(RoomEvent event, Predicate<RoomEvent> canBeNamed) {
    EventKind kind = oneOf(List.of(
        EventKind.LIVE, EventKind.LIVE, EventKind.LIVE, EventKind.OUTLIER, EventKind.BACKFILL));
    return switch (kind) {
      case LIVE ->
        random.nextInt(4) == 0
            ? Append.live(event, entries(event.room(), canBeNamed))
            : Append.live(event);
      case OUTLIER -> Append.outlier(event);
      case BACKFILL -> Append.backfill(event, maybe(HistoryVisibility.values()));
    };
  }

  private List<StateEntry> entries(RoomId room, Predicate<RoomEvent> canBeNamed) {
    List<StateEntry> entries = new ArrayList<>();
    Set<List<String>> keys = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      RoomEvent event = oneOf(made);
      if (event.isState()
          && event.room().equals(room)
          && canBeNamed.test(event)
          && keys.add(List.of(event.type(), event.stateKey().orElseThrow()))) {
        StateEntry entry = StateEntry.of(event);
        entries.add(
            random.nextInt(3) == 0
                ? new StateEntry(entry.type(), entry.stateKey(), Optional.empty())
                : entry);
      }
    }
    return entries;
  }

  public Interest interest() {
    return switch (random.nextInt(4)) {
      case 0 -> Interest.everything();
      case 1 -> Interest.of(oneOf(ROOMS));
      default -> Interest.of(oneOf(USERS));
    };
  }

  public Ranges ranges(long watermark) {
    long upTo = between(0, watermark);
    List<Range> live = new ArrayList<>();
    long after = between(0, upTo);
    while (after < upTo && live.size() < 3) {
      long end = between(after + 1, upTo);
      live.add(new Range(after, end));
      after = between(end, upTo);
    }
    Set<HistoryVisibility> backfill = EnumSet.noneOf(HistoryVisibility.class);
    maybe(HistoryVisibility.values()).ifPresent(backfill::add);
    maybe(HistoryVisibility.values()).ifPresent(backfill::add);
    return new Ranges(live, upTo, maybe(USERS.toArray(UserId[]::new)), backfill);
  }

  public HistoryPoint point(HistoryPoint otherwise) {
    return random.nextInt(3) == 0
        ? otherwise
        : new HistoryPoint(random.nextInt(60), between(-20, 60));
  }

  public long between(long lowest, long highest) {
    return lowest + (long) (random.nextDouble() * (highest - lowest + 1));
  }

  private <T> Optional<T> maybe(T[] some) {
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(oneOf(Arrays.asList(some)));
  }

  private <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
