package io.github.matrixsync.internal.follow;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.cache.CacheBytes;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.LastChanges;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.ReaderRegistry;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the window and the roster hold after room events were followed. */
class RoomFollowerTest {
  private static final int WINDOW = 5;

  private final Host host = new Host();
  private final HookedEvents hooks = new HookedEvents(host.events);
  private final CountingEvents counting = new CountingEvents(hooks.store(), true);
  private final Window window = new Window(0, WINDOW, Long.MAX_VALUE);
  private final Roster roster =
      new Roster(host.events, window, new ReaderRegistry(10, Subscriber::new));
  private final LastChanges changes =
      new Caches(host.events, new CacheBytes(0, 0, 0, 0, 0)).changes();
  private final EngineThreads threads = new EngineThreads(Runnable::run, host.time);
  private final List<WakeUpTargets> woken = new ArrayList<>();

  @RegisterExtension
  final Logged logged = new Logged();

  private RoomFollower follower;

  @BeforeEach
  void begin() {
    host.room(ROOM, ALICE, BOB);
    restart();
  }

  /** Starts another follower with an empty window. */
  private void restart() {
    follower = new RoomFollower(
        counting.store(), window, roster, changes, new FollowerContext(threads, woken::add));
  }

  @AfterEach
  void close() {
    follower.close();
    threads.close();
    host.close();
  }

  @Test
  void beginning_storeWithEvents_isAtItsEndWithAnEmptyWindow() {
    assertThat(follower.published()).isEqualTo(4);
    assertThat(changes.now().upTo()).isEqualTo(4);
    assertHolds(4);
    assertThat(counting.reads).isEmpty();
  }

  @Test
  void catchUp_newEvents_standInTheWindow() {
    host.message(ROOM, ALICE);
    host.message(ROOM, BOB);

    follower.catchUp();

    assertHolds(4, 5, 6);
    assertThat(changes.now().upTo()).isEqualTo(6);
    assertThat(counting.reads).containsExactly("log");
    assertThat(woken).singleElement().satisfies(targets -> {
      assertThat(targets.rooms()).containsExactly(ROOM);
      assertThat(targets.users()).containsExactlyInAnyOrder(ALICE, BOB);
    });
  }

  @Test
  void catchUp_moreThanAPage_isReadPageByPage() {
    host.events.append(IntStream.range(0, 1_500)
        .mapToObj(i -> Append.live(host.world.message(ROOM, ALICE)))
        .toList());

    follower.catchUp();

    assertThat(counting.reads).containsExactly("log", "log");
    assertThat(follower.published()).isEqualTo(1_504);
    assertHolds(1_499, 1_500, 1_501, 1_502, 1_503, 1_504);
    assertThat(woken).as("after each page").hasSize(2);
    assertThat(woken).allSatisfy(page -> assertThat(page.rooms()).containsExactly(ROOM));
  }

  /** Past memberships are known as far back as the window reaches, and no further. */
  @Test
  void catchUp_turnThatLeavesTheWindow_isForgotten() {
    Reader carol = roster.acquire(CAROL);
    roster.load(carol);
    host.join(ROOM, CAROL);
    follower.catchUp();
    assertThat(carol.joinedAt(ROOM, 4)).isFalse();
    assertThat(carol.joinedAt(ROOM, 5)).isTrue();
    for (int i = 0; i < WINDOW; i++) {
      host.message(ROOM, ALICE);
    }

    follower.catchUp();

    assertThat(window.after()).isEqualTo(5);
    assertThat(carol.joinedAt(ROOM, 4)).isTrue();
  }

  @Test
  void catchUp_backfillAlone_leavesTheWindowStanding() {
    host.message(ROOM, ALICE);
    follower.catchUp();
    Window.View before = window.view();
    backfill(host.world.message(ROOM, ALICE));
    assertThat(follower.isBehind()).isTrue();
    counting.reads.clear();

    follower.catchUp();

    assertHolds(4, 5);
    assertThat(window.view().entry(window.view().first())).isSameAs(before.entry(before.first()));
    assertThat(counting.reads).containsExactly("backfill");
    assertThat(follower.isBehind()).isFalse();
    follower.catchUp();
    assertThat(counting.reads).containsExactly("backfill");
  }

  @Test
  void catchUp_backfillAndNewEvents_windowHoldsBothOldAndNewOnes() {
    host.message(ROOM, ALICE);
    follower.catchUp();
    backfill(host.world.message(ROOM, ALICE));
    host.message(ROOM, ALICE);

    follower.catchUp();

    assertHolds(4, 5, 6);
  }

  @Test
  void catchUp_backfilledRedaction_isSeenAtItsTargetInTheWindow() {
    EventId target = append(host.world.message(ROOM, BOB));
    append(host.world.message(ROOM, BOB));
    follower.catchUp();
    WindowEntry other = entry(1);

    EventId redaction = backfill(host.world.redaction(ROOM, ALICE, target));
    follower.catchUp();

    assertThat(redactionOf(0))
        .hasValueSatisfying(r -> assertThat(r.event().id()).isEqualTo(redaction));
    assertThat(entry(1)).isSameAs(other);
    assertHolds(4, 5, 6);
  }

  /** No later append makes the window drop anything. */
  @Test
  void catchUp_backfilledRedactionIsTooMuchForTheBound_dropsTheOldest() {
    RoomEvent first = host.world.message(ROOM, BOB);
    RoomEvent second = host.world.message(ROOM, BOB);
    long bound = first.json().length() + second.json().length();
    Window small = new Window(0, WINDOW, bound);
    follower = new RoomFollower(
        counting.store(),
        small,
        new Roster(host.events, small, new ReaderRegistry(10, Subscriber::new)),
        changes,
        new FollowerContext(threads, woken::add));
    append(first);
    append(second);
    follower.catchUp();
    assertThat(small.view().size()).isEqualTo(2);

    backfill(host.world.redaction(ROOM, ALICE, first.id()));
    follower.catchUp();

    assertThat(small.after()).isEqualTo(5);
    assertThat(small.view().size()).isEqualTo(1);
    assertThat(small.bytes()).isLessThanOrEqualTo(bound);
  }

  @Test
  void catchUp_backfilledRedactionOfARedaction_isSeenAtTheFirstTarget() {
    EventId target = append(host.world.message(ROOM, BOB));
    EventId first = append(host.world.redaction(ROOM, ALICE, target));
    follower.catchUp();

    backfill(host.world.redaction(ROOM, ALICE, first));
    follower.catchUp();

    assertThat(redactionOf(0)).hasValueSatisfying(r -> assertThat(r.redacted()).isTrue());
    assertThat(redactionOf(1)).isPresent();
  }

  @Test
  void catchUp_backfilledRedactionOfAReplacedEvent_isSeenAtItsSuccessorInTheWindow() {
    EventId old = append(topic("old"));
    follower.catchUp();
    restart();
    append(topic("new"));
    follower.catchUp();

    backfill(host.world.redaction(ROOM, ALICE, old));
    follower.catchUp();

    assertThat(entry(0).replaced())
        .hasValueSatisfying(before -> assertThat(before.redaction()).isPresent());
  }

  @Test
  void catchUp_backfillCannotBeRead_isTakenTheNextTime() {
    EventId target = append(host.world.message(ROOM, BOB));
    follower.catchUp();
    backfill(host.world.redaction(ROOM, ALICE, target));
    hooks.before("backfill", () -> {
      throw StoreException.failed("test", null);
    });
    assertThatThrownBy(follower::catchUp).isInstanceOf(StoreException.class);
    assertThat(redactionOf(0)).isEmpty();
    assertThat(follower.isBehind()).isTrue();
    hooks.calm();

    follower.catchUp();

    assertThat(redactionOf(0)).isPresent();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("stream rooms cannot be read"),
            entry -> assertThat(entry).contains("stream rooms can be read again"));
  }

  @Test
  void catchUp_purgeOfWhatIsNew_windowBeginsWhereTheLogDoes() {
    host.message(ROOM, ALICE);
    host.message(ROOM, ALICE);
    host.message(ROOM, ALICE);
    host.events.purge(6);

    follower.catchUp();

    assertHolds(6, 7);
    assertThat(follower.published()).isEqualTo(7);
    assertThat(changes.now().upTo()).isEqualTo(7);
    assertThat(woken).extracting(WakeUpTargets::isEveryone).containsExactly(true, false);
  }

  @Test
  void catchUp_redaction_isSeenAtItsTargetInTheWindow() {
    EventId target = append(host.world.message(ROOM, BOB));
    append(host.world.message(ROOM, BOB));
    follower.catchUp();
    WindowEntry other = entry(1);

    EventId redaction = append(host.world.redaction(ROOM, ALICE, target));
    follower.catchUp();

    assertThat(redactionOf(0)).hasValueSatisfying(r -> {
      assertThat(r.event().id()).isEqualTo(redaction);
      assertThat(r.redacted()).isFalse();
    });
    assertThat(entry(1)).isSameAs(other);
    assertHolds(4, 5, 6, 7);
  }

  @Test
  void catchUp_redactionOfARedaction_isSeenAtTheFirstTarget() {
    EventId target = append(host.world.message(ROOM, BOB));
    EventId first = append(host.world.redaction(ROOM, ALICE, target));
    follower.catchUp();
    assertThat(redactionOf(0)).hasValueSatisfying(r -> assertThat(r.redacted()).isFalse());

    EventId second = append(host.world.redaction(ROOM, ALICE, first));
    follower.catchUp();

    assertThat(redactionOf(0)).hasValueSatisfying(r -> {
      assertThat(r.event().id()).isEqualTo(first);
      assertThat(r.redacted()).isTrue();
    });
    assertThat(redactionOf(1))
        .hasValueSatisfying(r -> assertThat(r.event().id()).isEqualTo(second));
  }

  /** A state event shows the content of the event that it replaced. */
  @Test
  void catchUp_redactionOfAReplacedEvent_isSeenAtItsSuccessorInTheWindow() {
    EventId old = append(topic("old"));
    follower.catchUp();
    restart();
    append(topic("new"));
    follower.catchUp();
    assertThat(entry(0).replaced()).hasValueSatisfying(before -> {
      assertThat(before.event().id()).isEqualTo(old);
      assertThat(before.redaction()).isEmpty();
    });

    append(host.world.redaction(ROOM, ALICE, old));
    follower.catchUp();

    assertThat(entry(0).stored().redaction()).isEmpty();
    assertThat(entry(0).replaced())
        .hasValueSatisfying(before -> assertThat(before.redaction()).isPresent());
  }

  @Test
  void catchUp_redactionOfNothingInTheWindow_leavesItAsItIs() {
    EventId old = append(host.world.message(ROOM, BOB));
    follower.catchUp();
    restart();
    append(host.world.message(ROOM, BOB));
    follower.catchUp();
    Window.View before = window.view();

    append(host.world.redaction(ROOM, ALICE, old));
    follower.catchUp();

    assertThat(window.view().entry(window.view().first())).isSameAs(before.entry(before.first()));
    assertThat(redactionOf(0)).isEmpty();
  }

  private void assertHolds(long after, long... positions) {
    Window.View view = window.view();
    assertThat(view.after()).isEqualTo(after);
    assertThat(IntStream.range(view.first(), view.end())
            .mapToLong(i -> view.entry(i).position()))
        .containsExactly(Arrays.stream(positions).boxed().toArray(Long[]::new));
  }

  private Optional<Redaction> redactionOf(int index) {
    return entry(index).stored().redaction();
  }

  private WindowEntry entry(int index) {
    Window.View view = window.view();
    return view.entry(view.first() + index);
  }

  private RoomEvent topic(String topic) {
    return host.world.event(
        ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"" + topic + "\"}");
  }

  private EventId append(RoomEvent event) {
    host.world.append(event);
    return event.id();
  }

  private EventId backfill(RoomEvent event) {
    host.events.append(List.of(Append.backfill(event, Optional.of(HistoryVisibility.SHARED))));
    return event.id();
  }
}
