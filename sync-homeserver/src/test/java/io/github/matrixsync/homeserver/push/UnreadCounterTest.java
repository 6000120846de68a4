package io.github.matrixsync.homeserver.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.EventFactory;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts of unread events: what they count, and how often they read the stores. */
class UnreadCounterTest {
  private static final UserId ALICE = UserId.parse("@alice:h");
  private static final UserId BOB = UserId.parse("@bob:h");

  private final MemoryEventStore store = MemoryEventStore.create();
  private final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  private final Rooms rooms = new Rooms(store, new EventFactory("h"));
  private final List<String> reads = new ArrayList<>();
  private final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();
  private final UnreadCounter counter = new UnreadCounter(
      recording(EventStore.class, store),
      recording(ReceiptStore.class, receipts),
      accountData,
      MemoryUserSettings.create(),
      new PushRules(accountData),
      rooms);

  /** Rule NC5. */
  @Test
  void counts_ofSeveralRooms_readsOnceForAll() {
    List<RoomId> asked = List.of(room(), room(), room());
    read(asked.get(0), send(asked.get(0)));
    asked.forEach(this::send);
    send(asked.get(2));

    Map<RoomId, UnreadCounts> counts = counts(asked);

    assertThat(asked).extracting(room -> unread(counts, room)).containsExactly(1L, 1L, 2L);
    assertThat(reads).containsExactly("changes", "current", "events", "newest");
  }

  @Test
  void counts_afterNewEventsInOneRoom_readsOnlyThese() {
    List<RoomId> asked = List.of(room(), room());
    asked.forEach(this::send);
    Map<RoomId, UnreadCounts> before = counts(asked);
    reads.clear();
    send(asked.get(1));

    Map<RoomId, UnreadCounts> after = counts(asked);

    assertThat(asked).extracting(room -> unread(before, room)).containsExactly(1L, 1L);
    assertThat(asked).extracting(room -> unread(after, room)).containsExactly(1L, 2L);
    assertThat(reads).containsExactly("newest");
  }

  @Test
  void counts_twiceOfTheSame_readsNothing() {
    List<RoomId> asked = List.of(room());
    send(asked.get(0));
    Map<RoomId, UnreadCounts> counts = counts(asked);
    reads.clear();

    assertThat(counts(asked)).isEqualTo(counts);
    assertThat(reads).isEmpty();
  }

  /** A room that the user is not in is not read, and its counts are zero. */
  @Test
  void counts_ofRoomThatTheUserLeft_areNone() {
    RoomId room = room();
    send(room);
    rooms.send(room, BOB, member(BOB, "leave"));

    assertThat(counts(List.of(room))).containsExactly(Map.entry(room, UnreadCounts.NONE));
    assertThat(reads).isEmpty();
  }

  private Map<RoomId, UnreadCounts> counts(List<RoomId> asked) {
    return counter.counts(BOB, asked, store.watermark());
  }

  private static long unread(Map<RoomId, UnreadCounts> counts, RoomId room) {
    return counts.getOrDefault(room, UnreadCounts.NONE).main().notifications();
  }

  private RoomId room() {
    Content create = Content.of(Json.object().put("creator", ALICE.value()));
    Content open = Content.of(Json.object().put("join_rule", "public"));
    RoomId room = rooms.create(
        ALICE,
        List.of(
            Draft.state("m.room.create", "", create),
            member(ALICE, "join"),
            Draft.state("m.room.join_rules", "", open)));
    rooms.send(room, BOB, member(BOB, "join"));
    return room;
  }

  private EventId send(RoomId room) {
    Content content = Content.of(Json.object().put("msgtype", "m.text").put("body", "hello"));
    return rooms.send(room, ALICE, Draft.message("m.room.message", content));
  }

  private void read(RoomId room, EventId event) {
    receipts.set(new ReceiptChange(0, room, BOB, "m.read", event, Instant.EPOCH));
  }

  private static Draft member(UserId user, String membership) {
    return Draft.member(user, Content.of(Json.object().put("membership", membership)));
  }

  /** Returns a store that records the names of the reads of it. */
  private <S> S recording(Class<S> role, S inner) {
    return role.cast(Proxy.newProxyInstance(
        role.getClassLoader(), new Class<?>[] {role}, (proxy, method, args) -> {
          if (!List.of("watermark", "onAdvance").contains(method.getName())) {
            reads.add(method.getName());
          }
          try {
            return method.invoke(inner, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}
