package io.github.matrixsync.sync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the answers over one log of eighteen events, in which somebody leaves and comes back and a name takes its entry
 * late.
 *
 * <p>The number of an event is its position: 1 create by a, 2 a joins, 3 power levels, 4 join rules, 5 visibility
 * shared, 6 b joins, 7 a message, 8 topic, 9 message, 10 c joins, 11 c's message, 12 a name that does not take its
 * entry, 13 b leaves, 14 c renames, 15 topic, 16 b joins, 17 message, 18 a message with which the name takes its entry.
 */
class WorkedLogTest {
  /** Requests of b, and the answers with state before the timeline, which are the same with lazy loading. */
  private static final String STATE_BEFORE = """
          -  |  9 | all        | join [8 9] limited from t8-7 state 1 5 4 2 6 3 heroes a 2+0
          9  | 12 | all        | join [11 12] limited from s10 state 10 heroes a c 3+0
          11 | 12 | all        | join [12] from s11 state
          12 | 15 | all        | leave [13] from s12 state
          13 | 15 | all        | none
          12 | 18 | all        | join [17 18] limited from t17-16 state 1 5 4 2 16 14 12 3 15 3+0
          16 | 18 | all        | join [17 18] from s16 state 12
          6  |  9 | messages   | join [7 9] from s6 state 8
          9  | 12 | limit 0    | join [] limited from s12 state 10 heroes a c 3+0
          9  | 12 | full state | join [11 12] limited from s10 state 1 5 4 2 6 10 3 8 heroes a c 3+0
          """;

  private final Host host = new Host();
  private long appended;
  private RoomEvent name;

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @DisplayName("state before the timeline")
  @CsvSource(delimiter = '|', textBlock = STATE_BEFORE)
  void sync_stateBefore_isAsOfTheTimelinesBeginning(
      String since, long now, String options, String expected) {
    assertThat(answer(since, now, options, StateMode.BEFORE, false)).isEqualTo(expected.strip());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @DisplayName("state after the timeline")
  @CsvSource(delimiter = '|', textBlock = """
          -  |  9 | all        | join [8 9] limited from t8-7 state 1 5 4 2 6 3 8 heroes a 2+0
          9  | 12 | all        | join [11 12] limited from s10 state 10 heroes a c 3+0
          11 | 12 | all        | join [12] from s11 state
          12 | 15 | all        | leave [13] from s12 state 13
          13 | 15 | all        | none
          12 | 18 | all        | join [17 18] limited from t17-16 state 1 5 4 2 16 14 12 3 15 3+0
          16 | 18 | all        | join [17 18] from s16 state 12
          6  |  9 | messages   | join [7 9] from s6 state 8
          9  | 12 | limit 0    | join [] limited from s12 state 10 heroes a c 3+0
          9  | 12 | full state | join [11 12] limited from s10 state 1 5 4 2 6 10 3 8 heroes a c 3+0
          """)
  void sync_stateAfter_isAsOfTheTimelinesEnd(
      String since, long now, String options, String expected) {
    assertThat(answer(since, now, options, StateMode.AFTER, false)).isEqualTo(expected.strip());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @DisplayName("lazily loaded members, state before the timeline")
  @CsvSource(delimiter = '|', textBlock = STATE_BEFORE)
  void sync_lazyMembers_areThoseSeenAndThoseChanged(
      String since, long now, String options, String expected) {
    assertThat(answer(since, now, options, StateMode.BEFORE, true)).isEqualTo(expected.strip());
  }

  private String answer(String since, long now, String options, StateMode mode, boolean lazy) {
    String limit = "limit 0".equals(options) ? "0" : "2";
    String types = "messages".equals(options) ? ",\"types\":[\"m.room.message\"]" : "";
    FilterSpec filter = FilterSpec.parse("{\"room\":{\"timeline\":{\"limit\":" + limit + types
        + "},\"state\":{\"lazy_load_members\":" + lazy + "}}}");
    SyncOptions wish = SyncOptions.DEFAULT.withFilter(filter).withStateMode(mode);
    StreamToken token = null;
    if (!since.equals("-")) {
      appendUpTo(Long.parseLong(since));
      token = sync(null, wish).nextBatch();
    }
    appendUpTo(now);
    return SyncText.of(sync(token, wish.withFullState("full state".equals(options))), ROOM);
  }

  private SyncResponse sync(@Nullable StreamToken since, SyncOptions options) {
    return host.engine().sync(BOB, since, Duration.ZERO, options).join();
  }

  private void appendUpTo(long position) {
    while (appended < position) {
      appended++;
      host.events.append(List.of(event((int) appended)));
    }
  }

  private Append event(int number) {
    return switch (number) {
      case 1 -> state(ALICE, "m.room.create", "{}");
      case 2 -> member(ALICE, "join");
      case 3 -> state(ALICE, "m.room.power_levels", "{}");
      case 4 -> state(ALICE, "m.room.join_rules", "{\"join_rule\":\"public\"}");
      case 5 -> state(ALICE, "m.room.history_visibility", "{\"history_visibility\":\"shared\"}");
      case 6, 16 -> member(BOB, "join");
      case 8, 15 -> state(ALICE, "m.room.topic", "{\"topic\":\"t\"}");
      case 10, 14 -> member(CAROL, "join");
      case 11 -> Append.live(host.world.message(ROOM, CAROL));
      case 12 -> {
        name =
            host.world.event(ROOM, ALICE, "m.room.name", "\"state_key\":\"\",", "{\"name\":\"N\"}");
        yield Append.live(name, List.of());
      }
      case 13 -> member(BOB, "leave");
      case 18 ->
        Append.live(
            host.world.message(ROOM, ALICE),
            List.of(new StateEntry("m.room.name", "", Optional.of(name.id()))));
      default -> Append.live(host.world.message(ROOM, ALICE));
    };
  }

  private Append state(UserId sender, String type, String content) {
    return Append.live(host.world.event(ROOM, sender, type, "\"state_key\":\"\",", content));
  }

  private Append member(UserId user, String membership) {
    return Append.live(host.world.member(ROOM, user, user, membership));
  }
}
