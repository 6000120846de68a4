package io.github.matrixsync.testkit.http;

import static io.github.matrixsync.testkit.Expected.shown;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.testkit.Mark;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients that call {@code /sync} get and show: unread counts and presence. */
@MatrixTest
class ClientsOverHttpTest {
  private MatrixWorld world;
  private TestUser alice;
  private TestUser bob;
  private TestRoom here;
  private Http bobs;

  @BeforeEach
  void room(MatrixWorld given) {
    world = given;
    alice = world.user("alice");
    bob = world.user("bob");
    here = alice.creates("here").with(bob, world.user("carol"));
    bobs = new Http(world.server(), bob.accessToken());
  }

  private JsonNode unread() throws Exception {
    return bobs.get("v3/sync")
        .json()
        .path("rooms")
        .path("join")
        .path("!here:test")
        .path("unread_notifications");
  }

  @Test
  void sync_ofMessagesOfOthers_countsThoseThatAreUnread() throws Exception {
    EventId first = alice.says(here, "one");
    EventId second = alice.says(here, "two, bob");
    assertThat(unread()).hasToString("{\"highlight_count\":1,\"notification_count\":2}");

    bob.reads(first);
    assertThat(unread()).hasToString("{\"highlight_count\":1,\"notification_count\":1}");

    world.restarts();
    assertThat(unread()).hasToString("{\"highlight_count\":1,\"notification_count\":1}");

    bob.reads(second);
    assertThat(unread()).hasToString("{\"highlight_count\":0,\"notification_count\":0}");
  }

  @Test
  void sync_ofAClient_showsItOnlineUntil30SecondsAfterIt() throws Exception {
    Mark mark = world.mark();
    bobs.get("v3/sync");

    assertThat(alice).since(mark).saw(shown(bob, PresenceState.ONLINE));
    world.time().advance(Duration.ofSeconds(30));
    assertThat(alice)
        .since(mark)
        .saw(shown(bob, PresenceState.ONLINE), shown(bob, PresenceState.OFFLINE));
  }

  @Test
  void sync_thatWaits_keepsTheClientOnline() throws Exception {
    String since = bobs.get("v3/sync").json().path("next_batch").asString("");
    Mark mark = world.mark();
    CompletableFuture<Http.Reply> poll = bobs.later("v3/sync?timeout=600000&since=" + since);
    world.server().settle();
    for (int i = 0; i < 100 && !bob.isListening(); i++) {
      world.server().settle();
    }

    world.time().advance(Duration.ofMinutes(2));
    assertThat(alice).since(mark).sawNothing();
    alice.says(here, "hi");
    assertThat(poll.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void sync_thatAsksForNoPresence_showsNothing() throws Exception {
    Mark mark = world.mark();
    bobs.get("v3/sync?set_presence=offline");

    assertThat(alice).since(mark).sawNothing();
  }

  @Test
  void presence_lastActive_isInTheTimeOfTheWorld() throws Exception {
    bob.shows(PresenceState.ONLINE);
    world.time().advance(Duration.ofSeconds(10));

    var status = bobs.get("v3/presence/" + bob.id() + "/status").json();
    assertThat(status.path("last_active_ago").asLong(-1)).isEqualTo(10_000);
  }

  /** The kit answers on the thread that asks the engine, which therefore must not wait. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rooms/*/members",
        "rooms/*/state",
        "rooms/*/state/",
        "rooms/*/state/m.room.join_rules",
        "rooms/*/state/m.room.member/@bob:test"
      })
  void stateOfTheV1Api_isAnswered(String path) throws Exception {
    assertThat(bobs.status("api/v1/" + path.replace("*", here.id().value()))).isEqualTo(200);
  }

  @Test
  void poll_inProcess_showsNothing() {
    Mark mark = world.mark();
    var unused = world.engine().stream(bob.id(), null, Duration.ofMinutes(1));

    assertThat(bob.isListening()).isTrue();
    assertThat(alice).since(mark).sawNothing();
  }
}
