package io.github.matrixsync.law.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.law.sync.LoggedEvent.Entry;
import io.github.matrixsync.law.sync.SyncOracle.Coverage;
import io.github.matrixsync.law.sync.SyncOracle.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The oracle on a log that is worked by hand. Event 12 is a name that does not take its entry before event 18.
 *
 * <pre>
 * 1 create(a)   2 a joins    3 power levels   4 join rules   5 visibility   6 b joins
 * 7 a: message  8 a: topic   9 a: message    10 c joins     11 c: message  12 a: name, without effect
 * 13 b leaves  14 c renames  15 a: topic     16 b joins     17 a: message  18 a: message, the name becomes 12
 * </pre>
 */
class SyncOracleTest {
  private static final String ROOM = "!r:h";
  private static final SyncWish MESSAGES = SyncWish.ALL.withTypes(List.of("m.room.message"));

  private final SyncLog log = new SyncLog();
  private final SyncOracle bob = new SyncOracle(log, "@b:h");

  SyncOracleTest() {
    state(1, "@a:h", "m.room.create", "", "");
    state(2, "@a:h", LoggedEvent.MEMBER, "@a:h", "join");
    state(3, "@a:h", "m.room.power_levels", "", "");
    state(4, "@a:h", "m.room.join_rules", "", "");
    state(5, "@a:h", LoggedEvent.VISIBILITY, "", "shared");
    state(6, "@b:h", LoggedEvent.MEMBER, "@b:h", "join");
    message(7, "@a:h", List.of());
    state(8, "@a:h", "m.room.topic", "", "");
    message(9, "@a:h", List.of());
    state(10, "@c:h", LoggedEvent.MEMBER, "@c:h", "join");
    message(11, "@c:h", List.of());
    add(draft(12, "@a:h", "m.room.name").state("", "N").build(List.of()));
    state(13, "@b:h", LoggedEvent.MEMBER, "@b:h", "leave");
    state(14, "@c:h", LoggedEvent.MEMBER, "@c:h", "join");
    state(15, "@a:h", "m.room.topic", "", "");
    state(16, "@b:h", LoggedEvent.MEMBER, "@b:h", "join");
    message(17, "@a:h", List.of());
    message(18, "@a:h", List.of(new Entry("m.room.name", "", "$12:h")));
  }

  private static Draft draft(long number, String sender, String type) {
    return new Draft(new LoggedEvent(
        LoggedEvent.How.LIVE,
        number,
        number,
        "$" + number + ":h",
        ROOM,
        sender,
        type,
        null,
        "",
        null,
        List.of(),
        null));
  }

  private void add(LoggedEvent event) {
    log.add(event);
  }

  private void state(long number, String sender, String type, String key, String value) {
    add(draft(number, sender, type).state(key, value).build());
  }

  private void message(long number, String sender, List<Entry> sets) {
    add(draft(number, sender, "m.room.message").build(sets));
  }

  private static List<Long> numbers(Collection<String> ids) {
    return ids.stream()
        .map(id -> Long.parseLong(id.substring(1, id.indexOf(':'))))
        .sorted()
        .toList();
  }

  private static List<Long> positions(List<LoggedEvent> events) {
    return events.stream().map(LoggedEvent::position).toList();
  }

  /** Returns the numbers of the events that a client gets as state which has the state as of {@code since}. */
  private List<Long> sent(@Nullable Long since, long end, Long... timeline) {
    List<String> shown =
        List.of(timeline).stream().map(number -> "$" + number + ":h").toList();
    Map<String, String> entries =
        new HashMap<>(ExpectedState.of(log, ROOM, end, since, shown).entries());
    if (since != null) {
      entries.entrySet().removeAll(log.state(ROOM, since).entrySet());
    }
    return numbers(entries.values());
  }

  @Test
  void firstAnswer_joined_isTheEndOfTheHistory() {
    assertThat(bob.whole(ROOM, 9, false))
        .contains(new Place(Section.JOIN, Coverage.WHOLE, 9, false));
    assertThat(positions(bob.history(ROOM, 9, SyncWish.ALL))).endsWith(7L, 8L, 9L);
    assertThat(sent(null, 9, 8L, 9L)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(sent(null, 9)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 8L);
  }

  @Test
  void increment_joinedThroughout_isDueAndChanged() {
    assertThat(bob.increment(ROOM, 9, 12))
        .contains(new Place(Section.JOIN, Coverage.SINCE, 12, false));
    assertThat(positions(bob.due(ROOM, 9, 12, SyncWish.ALL))).containsExactly(10L, 11L, 12L);
    assertThat(sent(9L, 12, 11L, 12L)).containsExactly(10L);
    assertThat(sent(9L, 12)).containsExactly(10L);
  }

  @Test
  void increment_eventWithoutEffect_isDueAndChangesNothing() {
    assertThat(positions(bob.due(ROOM, 11, 12, SyncWish.ALL))).containsExactly(12L);
    assertThat(sent(11L, 12, 12L)).isEmpty();
    assertThat(sent(11L, 12)).isEmpty();
  }

  @Test
  void increment_left_endsAtTheDeparture() {
    assertThat(bob.increment(ROOM, 12, 15))
        .contains(new Place(Section.LEAVE, Coverage.SINCE, 13, false));
    assertThat(positions(bob.due(ROOM, 12, 13, SyncWish.ALL))).containsExactly(13L);
    assertThat(sent(12L, 13, 13L)).isEmpty();
    assertThat(sent(12L, 13)).containsExactly(13L);
    assertThat(bob.increment(ROOM, 13, 15)).isEmpty();
  }

  @Test
  void increment_leftAndJoinedAgain_isToldFromTheBeginning() {
    assertThat(bob.increment(ROOM, 12, 18))
        .contains(new Place(Section.JOIN, Coverage.WHOLE, 18, true));
    assertThat(positions(bob.history(ROOM, 18, SyncWish.ALL))).endsWith(16L, 17L, 18L);
    assertThat(sent(null, 18, 17L, 18L)).containsExactly(1L, 2L, 3L, 4L, 5L, 12L, 14L, 15L, 16L);
  }

  @Test
  void increment_entryChangesWithoutItsEvent_isSent() {
    assertThat(sent(16L, 18, 17L, 18L)).containsExactly(12L);
  }

  @Test
  void increment_filterHidesStateEvents_theyAreInTheState() {
    assertThat(positions(bob.due(ROOM, 6, 9, MESSAGES))).containsExactly(7L, 9L);
    assertThat(sent(6L, 9, 7L, 9L)).containsExactly(8L);
  }

  @Test
  void memberships_invitationsOfIgnoredUsers_areNone() {
    state(19, "@c:h", LoggedEvent.MEMBER, "@d:h", "invite");
    SyncOracle dora = new SyncOracle(log, "@d:h");

    assertThat(dora.increment(ROOM, 18, 19).map(Place::section)).contains(Section.INVITE);
    log.ignored.put("@d:h", Set.of("@c:h"));
    assertThat(dora.increment(ROOM, 18, 19)).isEmpty();
  }

  @Test
  void whole_leftRooms_areThoseThatOthersEnded() {
    assertThat(bob.whole(ROOM, 15, false)).isEmpty();
    assertThat(bob.whole(ROOM, 15, true).map(Place::end)).contains(13L);

    state(19, "@a:h", LoggedEvent.MEMBER, "@b:h", "ban");

    assertThat(bob.whole(ROOM, 19, false).map(Place::end)).contains(19L);
    log.forgotten.put("@b:h", Set.of(ROOM));
    assertThat(bob.whole(ROOM, 19, true)).isEmpty();
  }

  @Test
  void sees_visibilities_byMembershipAtTheEvent() {
    SyncOracle carol = new SyncOracle(log, "@c:h");

    assertThat(carol.history(ROOM, 12, SyncWish.ALL)).hasSize(12);
    assertThat(carol.history(ROOM, 9, SyncWish.ALL)).isEmpty();
    assertThat(log.visibility(ROOM, 4)).isEqualTo("shared");
    Set<Optional<String>> keys = log.events().stream()
        .map(event -> Optional.ofNullable(event.key()))
        .collect(Collectors.toSet());
    assertThat(keys).contains(Optional.empty(), Optional.of("m.room.topic|"));
  }
}
