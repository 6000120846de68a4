package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.ServiceHost.NAMED;
import static io.github.matrixsync.world.ServiceHost.SENDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow looks of one application service do not delay other polls on the engine's own threads. */
class ServiceIsolationTest {
  private static final int POLLS = 40;
  private static final UserId LONG_NAME = UserId.parse("@irc_" + "_".repeat(240) + ":h");

  private final Host host = new Host();
  private final Directory directory = new Directory();

  /** A directory that blocks until the test releases it, and counts concurrent calls. */
  private static final class Directory implements RoomDirectory {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public Set<RoomId> published(Collection<RoomId> rooms) {
      return Set.of();
    }

    @Override
    public Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      asked.countDown();
      try {
        assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        now.decrementAndGet();
      }
      return Map.of();
    }
  }

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE);
    host.room(NAMED, ALICE);
    host.start(SyncEngine.builder(host.events).directory(directory));
  }

  @AfterEach
  void close() {
    directory.answers.countDown();
    host.close();
  }

  @Test
  void polls_ofOneServiceThatWaitsForTheDirectory_lookOneAfterAnotherAndOthersAreAnswered()
      throws Exception {
    StreamToken here = StreamToken.of(host.events.watermark(), 0, 0);
    List<CompletableFuture<EventBatch>> polls = new ArrayList<>();
    for (int i = 0; i < POLLS; i++) {
      polls.add(poll(SENDER, here, service("@nobody", "#irc_")));
    }
    CompletableFuture<EventBatch> alice = poll(ALICE, here, StreamOptions.DEFAULT);
    host.message(ROOM, ALICE);
    assertThat(directory.asked.await(60, TimeUnit.SECONDS)).isTrue();

    assertThat(alice.get(60, TimeUnit.SECONDS).chunk()).hasSize(1);
    assertThat(polls).noneMatch(CompletableFuture::isDone);
    directory.answers.countDown();
    host.message(NAMED, ALICE);
    for (CompletableFuture<EventBatch> poll : polls) {
      assertThat(poll.get(60, TimeUnit.SECONDS).chunk()).hasSize(1);
    }
    assertThat(directory.most).hasValue(1);
  }

  /** With backtracking, each of these patterns would take longer than any timeout. */
  @ParameterizedTest
  @ValueSource(strings = {"@irc_.*.*.*.*.*.*.*.*x", "@irc_(.*)*x", "@irc_(_+)+x"})
  void polls_patternThatExplodesOnAName_areAnsweredRightAndSoAreOthers(String pattern)
      throws Exception {
    StreamToken here = StreamToken.of(host.events.watermark(), 0, 0);
    List<CompletableFuture<EventBatch>> polls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      polls.add(poll(SENDER, here, service(pattern, "")));
    }
    CompletableFuture<EventBatch> alice = poll(ALICE, here, StreamOptions.DEFAULT);
    host.join(ROOM, LONG_NAME);
    host.message(NAMED, ALICE);

    assertThat(alice.get(60, TimeUnit.SECONDS).chunk()).isNotEmpty();
    for (CompletableFuture<EventBatch> poll : polls) {
      assertThat(poll.get(60, TimeUnit.SECONDS).chunk())
          .singleElement()
          .matches(event -> event.room().filter(NAMED::equals).isPresent());
    }
  }

  private CompletableFuture<EventBatch> poll(UserId user, StreamToken from, StreamOptions options) {
    return host.engine().stream(user, from, Duration.ofMinutes(2), options);
  }

  private static StreamOptions service(String users, String aliases) {
    List<Pattern> named = aliases.isEmpty() ? List.of() : List.of(Pattern.compile(aliases));
    return StreamOptions.DEFAULT.withService(ServiceNamespaces.of(
        List.of(Pattern.compile(users)), List.of(Pattern.compile("!irc_")), named));
  }
}
