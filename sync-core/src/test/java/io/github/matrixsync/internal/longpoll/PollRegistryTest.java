package io.github.matrixsync.internal.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.ReaderRegistry;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PollRegistryTest {
  private static final UserId ALICE = World.user("a");
  private static final UserId BOB = World.user("b");
  private static final RoomId ROOM = World.room("r");
  private static final RoomId OTHER = World.room("other");
  private static final StreamToken HERE = StreamToken.of(1, 0, 0);
  private static final StreamOptions OF_SERVICE = StreamOptions.DEFAULT.withService(
      ServiceNamespaces.of(List.of(Pattern.compile("@s_.*")), List.of(), List.of()));
  private static final StreamOptions PEEK = StreamOptions.DEFAULT.inRoom(ROOM);

  private final ReaderRegistry readers = new ReaderRegistry(9, Subscriber::new);
  private final PollRegistry polls = new PollRegistry(readers, 2);

  static List<StreamOptions> kinds() {
    return List.of(StreamOptions.DEFAULT, PEEK, OF_SERVICE);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void areAllGone_fromItsBeginningToItsEnd_isNotSo(StreamOptions kind) {
    assertThat(polls.areAllGone()).isTrue();
    Poll<StreamOptions, EventBatch> poll = registered(ALICE, kind);
    assertThat(polls.areAllGone()).isFalse();
    assertThat(polls.count()).isOne();

    polls.deregister(poll);

    assertThat(polls.count()).isZero();
    assertThat(polls.areAllGone()).as("somebody holds the reader").isFalse();
    readers.release(poll.reader());
    assertThat(polls.areAllGone()).isTrue();
  }

  @Test
  void areAllGone_readerStillLeadsToOne_isNotSo() {
    Reader idle = readers.acquire(ALICE);
    Poll<StreamOptions, EventBatch> poll = poll(idle, StreamOptions.DEFAULT);
    poll.reader().add(poll, 1);
    readers.release(idle);

    assertThat(polls.areAllGone()).isFalse();
  }

  @Test
  void register_moreThanAUserMayHave_isRefusedAndCounted() {
    Poll<StreamOptions, EventBatch> first = registered(ALICE, StreamOptions.DEFAULT);
    Poll<StreamOptions, EventBatch> second = registered(ALICE, StreamOptions.DEFAULT);
    registered(BOB, StreamOptions.DEFAULT);

    Poll<StreamOptions, EventBatch> third = poll(readers.acquire(ALICE), PEEK);
    assertThat(polls.register(third)).isFalse();

    assertThat(polls.counts().refused()).isOne();
    assertThat(polls.counts().begun()).isEqualTo(4);
    assertThat(polls.peeks(in(ROOM))).isEmpty();
    polls.deregister(third);
    assertThat(polls.count()).isEqualTo(3);
    polls.deregister(first);
    polls.deregister(second);
    registered(ALICE, PEEK);
    registered(ALICE, PEEK);
    assertThat(polls.register(poll(readers.acquire(ALICE), PEEK))).isFalse();
  }

  @Test
  void forEach_ofEveryKind_isGivenEachOnce() {
    List<Poll<?, ?>> all = new ArrayList<>();
    kinds().forEach(kind -> all.add(registered(World.user("u" + all.size()), kind)));
    List<Poll<?, ?>> visited = new ArrayList<>();

    polls.forEach(visited::add);

    assertThat(visited).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void peeks_concerned_areThoseOfTheRoom() {
    Poll<StreamOptions, EventBatch> first = registered(ALICE, PEEK);
    Poll<StreamOptions, EventBatch> second = registered(BOB, PEEK);
    Poll<StreamOptions, EventBatch> other = registered(BOB, StreamOptions.DEFAULT.inRoom(OTHER));
    registered(ALICE, StreamOptions.DEFAULT);
    WakeUpTargets peeks = new WakeUpTargets();
    peeks.addPeeks(ROOM);
    WakeUpTargets alice = new WakeUpTargets();
    alice.addUser(ALICE);

    assertThat(polls.peeks(in(ROOM))).containsExactlyInAnyOrder(first, second);
    assertThat(polls.peeks(peeks)).containsExactlyInAnyOrder(first, second);
    assertThat(polls.peeks(everyone())).containsExactlyInAnyOrder(first, second, other);
    assertThat(polls.peeks(alice)).isEmpty();

    polls.deregister(first);
    assertThat(polls.peeks(in(ROOM))).containsExactly(second);
  }

  /** A change in any room wakes polls of services, a change of one user does not; their looks find what is due. */
  @Test
  void ofServices_changeInAnyRoom_returnsAll() {
    Poll<StreamOptions, EventBatch> service = registered(ALICE, OF_SERVICE);
    registered(BOB, StreamOptions.DEFAULT);
    WakeUpTargets bob = new WakeUpTargets();
    bob.addUser(BOB);

    assertThat(polls.ofServices(in(ROOM))).containsExactly(service);
    assertThat(polls.ofServices(everyone())).containsExactly(service);
    assertThat(polls.ofServices(bob)).isEmpty();
  }

  private Poll<StreamOptions, EventBatch> registered(UserId user, StreamOptions options) {
    Poll<StreamOptions, EventBatch> poll = poll(readers.acquire(user), options);
    assertThat(polls.register(poll)).isTrue();
    return poll;
  }

  private static Poll<StreamOptions, EventBatch> poll(Reader reader, StreamOptions options) {
    return new Poll<>(NoLooks.of(new QuietOwner()), Subscriber.of(reader), HERE, options, 0);
  }

  private static WakeUpTargets in(RoomId room) {
    WakeUpTargets targets = new WakeUpTargets();
    targets.addRoom(room);
    return targets;
  }

  private static WakeUpTargets everyone() {
    WakeUpTargets everyone = new WakeUpTargets();
    everyone.addEveryone();
    return everyone;
  }
}
