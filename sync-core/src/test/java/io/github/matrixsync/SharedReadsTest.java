package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.CountingPresence;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many polls that need the same data of other users share one read. */
class SharedReadsTest {
  private static final int WAITING = 100;
  private static final List<UserId> GHOSTS =
      IntStream.range(0, 20).mapToObj(i -> World.user("ghost" + i)).toList();

  private final Host host = new Host();
  private final CountingEvents counting = new CountingEvents(host.events);

  @AfterEach
  void close() {
    host.close();
  }

  /** Many users of a bridge join, none of whom has a poll: the joins alone decide what polls return. */
  @Test
  void stream_manyJoinAtOnce_noPollReadsWhoIsThere() {
    room();
    GHOSTS.forEach(host::online);
    CountingPresence presence = new CountingPresence(host.presence);
    host.start(host.bare(counting.store()).presence(presence));
    List<CompletableFuture<EventBatch>> parked = park(host.here());
    counting.reads.clear();
    presence.reads = 0;

    host.events.append(GHOSTS.stream()
        .map(ghost -> Append.live(host.world.member(ROOM, ghost, ghost, "join")))
        .toList());

    List<String> all = GHOSTS.stream().map(ghost -> present(ghost, "online")).toList();
    assertThat(parked).allSatisfy(poll -> assertThat(side(poll.join())).isEqualTo(all));
    assertThat(counting.reads).isEmpty();
    assertThat(presence.reads).isEqualTo(1);
  }

  @Test
  void stream_manyType_theirRoomsAreReadOnce() {
    room();
    GHOSTS.forEach(ghost -> host.join(ROOM, ghost));
    host.start(host.bare(counting.store()).typing(host.typing));
    GHOSTS.subList(1, GHOSTS.size()).forEach(ghost -> host.types(ROOM, ghost, Duration.ofHours(1)));
    List<CompletableFuture<EventBatch>> parked = park(host.here());
    counting.reads.clear();

    host.types(ROOM, GHOSTS.get(0), Duration.ofHours(1));

    String all = typing(
        ROOM,
        IntStream.rangeClosed(1, GHOSTS.size())
            .mapToObj(i -> GHOSTS.get(i % GHOSTS.size()))
            .toArray(UserId[]::new));
    assertThat(parked).allSatisfy(poll -> assertThat(side(poll.join())).containsExactly(all));
    assertThat(counting.reads).containsExactly("memberships");
  }

  /** The rooms of users whose presence changed are read for a hundred users at once. */
  @Test
  void service_presenceOfManyChanged_readsTheirRoomsInSets() {
    room();
    host.start(host.bare(counting.store()).presence(host.presence));
    StreamToken here = host.here();
    IntStream.range(0, WAITING).forEach(i -> host.online(member(i)));
    counting.reads.clear();

    EventBatch batch = host.poll(
        ALICE,
        here,
        StreamOptions.DEFAULT.withService(
            ServiceNamespaces.of(List.of(Pattern.compile("@m.*")), List.of(), List.of())));

    assertThat(side(batch)).hasSize(WAITING);
    assertThat(counting.reads).hasSizeLessThanOrEqualTo(3);
  }

  private void room() {
    host.room(ROOM, ALICE);
    for (int i = 0; i < WAITING; i++) {
      host.join(ROOM, member(i));
    }
  }

  private List<CompletableFuture<EventBatch>> park(StreamToken from) {
    List<CompletableFuture<EventBatch>> parked = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      parked.add(host.park(member(i), from));
    }
    return parked;
  }

  private static UserId member(int number) {
    return World.user("m" + number);
  }
}
