package io.github.matrixsync.homeserver.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The write path with several threads. */
class RoomsTest {
  private static final UserId ALICE = UserId.parse("@alice:h");
  private static final int THREADS = 8;
  private static final int CHANGES = 400;

  private final MemoryEventStore store = MemoryEventStore.create();
  private final Rooms rooms = new Rooms(store, new EventFactory("h"));

  /** A client that sees the events of a new room, such as an invited user's, can use the room at once. */
  @Test
  void create_storeTellsOfIt_roomIsThere() {
    List<Boolean> found = new ArrayList<>();
    store.onAdvance(() ->
        log().forEach(event -> found.add(rooms.find(event.event().room()).isPresent())));

    create();

    assertThat(found).isNotEmpty().doesNotContain(false);
  }

  /** Each event of the resulting log is allowed by the rules at its place, and none sets state to what it was. */
  @Test
  void send_fromSeveralThreads_logKeepsTheRules() {
    long seed = System.nanoTime();
    RoomId room = create();
    IntStream.range(0, THREADS)
        .mapToObj(thread -> CompletableFuture.runAsync(
            () -> change(room, new Random(seed + thread)), task -> new Thread(task).start()))
        .toList()
        .forEach(CompletableFuture::join);

    RoomState replayed = new RoomState(room);
    List<StoredEvent> log = log();
    for (int i = 0; i < log.size(); i++) {
      Draft draft = draft(log.get(i));
      UserId sender = log.get(i).event().sender();
      assertThat(replayed.same(sender, draft)).as("event %d, seed %d", i, seed).isEmpty();
      if (i >= 2) {
        new Rules(replayed).require(sender, draft);
      }
      replayed.apply(sender, draft, log.get(i).event().id());
    }
    assertThat(log).hasSizeGreaterThan(100);
  }

  @Test
  void showProfile_ofOneWhoLeft_doesNotBringThemBack() {
    RoomId room = create();
    UserId bob = UserId.parse("@bob:h");
    rooms.send(room, bob, member(bob, "join"));
    rooms.send(room, ALICE, member(bob, "leave"));

    rooms.showProfile(room, bob, content("join"));

    assertThat(rooms.require(room).membership(bob)).isEqualTo(Membership.LEAVE);
  }

  @Test
  void kickAndUnban_eachEndOnlyWhatTheyAreFor() {
    RoomId room = create();
    UserId bob = UserId.parse("@bob:h");
    rooms.send(room, bob, member(bob, "join"));

    assertThatThrownBy(() -> rooms.unban(room, ALICE, bob, content("leave")))
        .isInstanceOf(ApiError.class);
    assertThat(rooms.require(room).membership(bob)).isEqualTo(Membership.JOIN);
    rooms.send(room, ALICE, member(bob, "ban"));
    assertThatThrownBy(() -> rooms.kick(room, ALICE, bob, content("leave")))
        .isInstanceOf(ApiError.class);
    assertThat(rooms.require(room).membership(bob)).isEqualTo(Membership.BAN);
    rooms.unban(room, ALICE, bob, content("leave"));
    assertThat(rooms.require(room).membership(bob)).isEqualTo(Membership.LEAVE);
  }

  /** Makes a random membership change of one user by another: joins, leaves, kicks, bans and unbans. */
  private void change(RoomId room, Random random) {
    String[] memberships = {"join", "join", "leave", "ban", "invite"};
    for (int i = 0; i < CHANGES; i++) {
      UserId subject = UserId.parse("@u" + random.nextInt(3) + ":h");
      UserId sender = random.nextBoolean() ? subject : ALICE;
      try {
        rooms.send(room, sender, member(subject, memberships[random.nextInt(5)]));
      } catch (ApiError e) {
        assertThat(e.status()).isEqualTo(403);
      }
    }
  }

  private RoomId create() {
    return rooms.create(
        ALICE,
        List.of(
            Draft.state("m.room.create", "", Content.of(Json.object().put("creator", "@alice:h"))),
            member(ALICE, "join"),
            Draft.state(
                "m.room.join_rules", "", Content.of(Json.object().put("join_rule", "public")))));
  }

  private List<StoredEvent> log() {
    return store.log(Interest.everything(), 0, store.watermark(), 100_000).events();
  }

  private static Draft draft(StoredEvent stored) {
    ObjectNode event = Json.read(stored.event().json());
    return Draft.state(
        stored.event().type(), stored.event().stateKey().orElseThrow(), Content.of((ObjectNode)
            event.path("content")));
  }

  private static Draft member(UserId user, String membership) {
    return Draft.member(user, content(membership));
  }

  private static Content content(String membership) {
    return Content.of(Json.object().put("membership", membership));
  }
}
