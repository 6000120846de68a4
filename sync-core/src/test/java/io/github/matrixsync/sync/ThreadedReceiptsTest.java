package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.RolesHost.ON_PHONE;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.store.timeline.UnreadCounts.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Unread counts of a host that counts by thread, with receipts for one thread and for all threads. */
@DisplayName("Complement TestThreadedReceipts")
class ThreadedReceiptsTest {
  private static final SyncOptions BY_THREAD =
      RolesHost.filter("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

  private final RolesHost host = new RolesHost();
  private final Counter counter = new Counter();
  private final Map<String, EventId> ids = new HashMap<>();

  /** Counts Alice's unread events in the room: those after her receipts for their thread and for all threads. */
  private static final class Counter implements NotificationCounts {
    private record Notifying(EventId id, Optional<EventId> root, boolean highlights) {}

    private final List<Notifying> events = new ArrayList<>();
    private final Map<String, Integer> read = new HashMap<>();
    private BiConsumer<UserId, RoomId> listener = (user, room) -> {};

    void add(EventId id, Optional<EventId> root, boolean highlights) {
      events.add(new Notifying(id, root, highlights));
    }

    void read(EventId id, Optional<String> thread) {
      int count = 0;
      for (int i = 0; i < events.size(); i++) {
        count = events.get(i).id().equals(id) ? i + 1 : count;
      }
      read.merge(thread.orElse("all"), count, Math::max);
      listener.accept(ALICE, ROOM);
    }

    private Count count(Optional<EventId> root) {
      int from = Math.max(
          read.getOrDefault("all", 0),
          read.getOrDefault(root.map(EventId::value).orElse("main"), 0));
      Count count = Count.ZERO;
      for (Notifying event : events.subList(from, events.size())) {
        count = event.root().equals(root)
            ? count.plus(new Count(1, event.highlights() ? 1 : 0))
            : count;
      }
      return count;
    }

    @Override
    public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo) {
      Map<EventId, Count> threads = new HashMap<>();
      events.forEach(event ->
          event.root().ifPresent(id -> threads.put(id, count(Optional.of(id)))));
      Map<RoomId, UnreadCounts> counts = new HashMap<>();
      rooms.forEach(room -> counts.put(
          room,
          user.equals(ALICE) && room.equals(ROOM)
              ? new UnreadCounts(count(Optional.empty()), threads)
              : UnreadCounts.NONE));
      return counts;
    }

    @Override
    public Registration onChange(BiConsumer<UserId, RoomId> wake) {
      listener = wake;
      return () -> {};
    }
  }

  /** A, C and F are in the main timeline; B, D and G in the thread of A; E notifies nobody. C and D are highlights. */
  @BeforeEach
  void room() {
    host.host.room(ROOM, ALICE, BOB);
    host.host.start(host.full().notificationCounts(counter));
    send("A", false, false);
    send("B", true, false);
    send("C", false, true);
    send("D", true, true);
    ids.put("E", host.relate(ROOM, BOB, "m.annotation", id("A"), ""));
    send("F", false, false);
    send("G", true, false);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private EventId id(String name) {
    return ids.get(name);
  }

  private void send(String name, boolean isInThread, boolean highlights) {
    EventId id =
        isInThread ? host.relate(ROOM, BOB, "m.thread", id("A"), "") : host.message(ROOM, BOB);
    ids.put(name, id);
    counter.add(id, isInThread ? Optional.of(id("A")) : Optional.empty(), highlights);
  }

  private StreamToken reads(StreamToken since, String name, Optional<String> thread, String left) {
    counter.read(id(name), thread);
    host.host.receipts.set(
        new ReceiptChange(0, ROOM, ALICE, "m.read", thread, id(name), Instant.ofEpochMilli(7)));

    SyncResponse answer = host.sync(ALICE, since);
    assertThat(answer.rooms().join().get(ROOM).ephemeral()).hasSize(1);
    assertThat(left(since)).isEqualTo(left);
    assertThat(left(null)).isEqualTo(left);
    return answer.nextBatch();
  }

  /** Returns the counts of all threads together, of the main timeline, and of the thread. */
  private String left(@Nullable StreamToken since) {
    UnreadCounts together = unread(host.sync(ALICE, since, ON_PHONE));
    UnreadCounts apart = unread(host.sync(ALICE, since, BY_THREAD));
    assertThat(together.threads()).isEmpty();
    assertThat(together.main()).isEqualTo(apart.total());
    return text(together.main()) + " " + text(apart.main()) + " "
        + Optional.ofNullable(apart.threads().get(id("A")))
            .map(ThreadedReceiptsTest::text)
            .orElse("absent");
  }

  private static UnreadCounts unread(SyncResponse answer) {
    return answer.rooms().join().get(ROOM).unread().orElseThrow();
  }

  private static String text(Count count) {
    return count.notifications() + "/" + count.highlights();
  }

  @Test
  void unread_threadedReceipts_eachReducesItsCounts() {
    Optional<String> thread = Optional.of(id("A").value());
    StreamToken since = host.first(ALICE);
    assertThat(left(null)).isEqualTo("6/2 3/1 3/1");

    since = reads(since, "A", Optional.of("main"), "5/2 2/1 3/1");
    since = reads(since, "B", thread, "4/2 2/1 2/1");
    since = reads(since, "D", Optional.empty(), "2/0 1/0 1/0");
    since = reads(since, "G", thread, "1/0 1/0 absent");

    host.host.keeps(ALICE, ROOM, "x", "{}");
    assertThat(left(since)).isEqualTo("1/0 1/0 absent");
  }
}
