package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WakerTest {
  private static final Set<String> NO_READS =
      Set.of("watermark", "backfilledTo", "retainedAfter", "onAdvance", "onChange");

  private final Host host = new Host();
  private final List<String> reads = new ArrayList<>();

  @RegisterExtension
  final Logged logged = new Logged();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void message_manyParked_isReadOnceWithAllRoles() {
    host.room(ROOM, ALICE, BOB, CAROL);
    host.start(host.bare(counted(EventStore.class, host.events))
        .settings(counted(UserSettings.class, host.settings)));
    StreamToken here = host.here();
    List<CompletableFuture<EventBatch>> parked =
        Stream.of(ALICE, BOB, CAROL).map(user -> host.park(user, here)).toList();
    host.time.advance(Duration.ofSeconds(20));
    reads.clear();

    host.message(ROOM, ALICE);

    assertThat(parked).allSatisfy(poll -> assertThat(poll.join().chunk()).hasSize(1));
    assertThat(reads).containsExactly("log");
  }

  @Test
  void message_otherForm_isInThatForm() {
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken here = host.here();
    CompletableFuture<EventBatch> bob = host.park(BOB, here);
    CompletableFuture<EventBatch> carol = host.engine().stream(
        CAROL, here, Duration.ofSeconds(30), StreamOptions.DEFAULT.withForm(EventForm.R0));

    host.message(ROOM, ALICE);

    assertThat(only(bob).json().toString()).contains("\"user_id\"").doesNotContain("\"sender\"");
    assertThat(only(carol).json().toString()).contains("\"sender\"");
  }

  @Test
  void message_ofOneWhomTheReaderIgnores_leavesThePollParked() {
    host.room(ROOM, ALICE, BOB);
    host.settings.setIgnored(BOB, Set.of(ALICE));
    CompletableFuture<EventBatch> bob = host.park(BOB, host.here());

    host.message(ROOM, ALICE);

    assertThat(bob).isNotDone();
  }

  @Test
  void message_ignoredWhileParked_leavesThePollParked() {
    host.room(ROOM, ALICE, BOB);
    CompletableFuture<EventBatch> bob = host.park(BOB, host.here());
    host.settings.setIgnored(BOB, Set.of(ALICE));

    host.message(ROOM, ALICE);

    assertThat(bob).isNotDone();
  }

  /** The settings change after they were read and before they are applied. */
  @Test
  void message_ignoredWhileTheSettingsWereRead_leavesThePollParked() {
    host.room(ROOM, ALICE, BOB);
    UserSettings slow = hooked(UserSettings.class, host.settings, method -> {
      if (method.equals("presenceList") && !host.settings.ignored(BOB).contains(ALICE)) {
        host.settings.setIgnored(BOB, Set.of(ALICE));
      }
    });
    host.start(host.bare().settings(slow));
    CompletableFuture<EventBatch> bob = host.park(BOB, null);

    host.message(ROOM, ALICE);

    assertThat(bob).isNotDone();
  }

  @Test
  void messages_moreThanTheLimit_areCut() {
    host.room(ROOM, ALICE, BOB);
    StreamToken here = host.here();
    CompletableFuture<EventBatch> bob =
        host.engine().stream(BOB, here, Duration.ofSeconds(30), StreamOptions.DEFAULT.withLimit(1));

    host.events.append(
        List.of(Append.live(host.world.message(ROOM, ALICE)), Append.live(message())));

    assertThat(only(bob).id()).isPresent();
    assertThat(bob.join().end().room()).isEqualTo(here.room() + 1);
  }

  @Test
  void messageWithItsRedaction_isShownPruned() {
    host.room(ROOM, ALICE, BOB);
    CompletableFuture<EventBatch> bob = host.park(BOB, host.here());
    RoomEvent message = message();
    EventId target = message.id();

    host.events.append(
        List.of(Append.live(message), Append.live(host.world.redaction(ROOM, ALICE, target))));

    List<ClientEvent> chunk = bob.join().chunk();
    assertThat(chunk).hasSize(2);
    assertThat(chunk.get(0).content().toString()).isEqualTo("{}");
  }

  @Test
  void eventThatCannotBeShown_wakesNobodyForGood() {
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken here = host.here();
    List<CompletableFuture<EventBatch>> parked =
        Stream.of(ALICE, BOB, CAROL).map(user -> host.park(user, here)).toList();
    RoomEvent broken = RoomEvent.builder(EventId.parse("$broken:h"), ROOM, ALICE, "m.room.message")
        .json(RawJson.of("{\"content\":7}"))
        .build();

    host.events.append(List.of(Append.live(broken)));

    assertThat(parked).noneMatch(CompletableFuture::isDone);
    host.message(ROOM, ALICE);

    assertThat(parked)
        .allSatisfy(poll -> assertThat(Host.answered(poll).chunk()).hasSize(1));
    assertThat(host.engine().hasNoPolls()).isTrue();
    assertThat(logged.entries()).singleElement().asString().contains("event $broken:h of room");
  }

  /** A failing observer of the host does not keep polls from being answered. */
  @Test
  void message_observerFails_allAreAnswered() {
    host.start(host.bare().observer(new PollObserver() {
      @Override
      public void pollBegan(UserId user) {}

      @Override
      public void pollEnded(UserId user) {
        throw new IllegalStateException("the observer's failure");
      }
    }));
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken here = StreamToken.of(host.events.watermark(), 0, 0);
    List<CompletableFuture<EventBatch>> parked =
        Stream.of(ALICE, BOB, CAROL).map(user -> host.park(user, here)).toList();

    host.message(ROOM, ALICE);

    assertThat(parked).allSatisfy(poll -> assertThat(answered(poll).chunk()).hasSize(1));
    assertThat(logged.entries()).singleElement().asString().contains("the poll observer failed");
  }

  private RoomEvent message() {
    return host.world.message(ROOM, ALICE);
  }

  private static ClientEvent only(CompletableFuture<EventBatch> poll) {
    assertThat(poll.join().chunk()).hasSize(1);
    return poll.join().chunk().get(0);
  }

  private <T> T counted(Class<T> role, T store) {
    return hooked(role, store, method -> {
      if (!NO_READS.contains(method)) {
        reads.add(method);
      }
    });
  }

  private static <T> T hooked(Class<T> role, T store, Consumer<String> before) {
    return role.cast(Proxy.newProxyInstance(
        role.getClassLoader(), new Class<?>[] {role}, (proxy, method, arguments) -> {
          before.accept(method.getName());
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}
