package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.EventContext;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event and those around it. */
class EventContextTest {
  private final Host host = new Host();
  private final List<EventId> messages = new ArrayList<>();

  @AfterEach
  void close() {
    host.close();
  }

  private void say(UserId... users) {
    for (UserId user : users) {
      RoomEvent event = host.world.message(ROOM, user);
      host.world.append(event);
      messages.add(event.id());
    }
  }

  private Optional<EventContext> context(UserId user, EventId id, ContextOptions options) {
    return host.engine().roomReads().context(user, ROOM, id, options).join();
  }

  private EventContext context(EventId id, ContextOptions options) {
    return context(ALICE, id, options).orElseThrow();
  }

  private static List<EventId> ids(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow()).toList();
  }

  private static ContextOptions filtered(String json) {
    return ContextOptions.DEFAULT.withFilter(RoomEventFilter.parse(json));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 0, 1", "2, 1, 1", "3, 1, 2", "4, 2, 2", "5, 2, 3", "100, 7, 3"})
  void context_limit_isSplitWithTheOddOneAfter(int limit, int before, int after) {
    host.room(ROOM, ALICE);
    say(ALICE, ALICE, ALICE, ALICE, ALICE, ALICE, ALICE, ALICE);

    EventContext context = context(messages.get(4), ContextOptions.DEFAULT.withLimit(limit));

    assertThat(context.event().id()).contains(messages.get(4));
    assertThat(context.before()).hasSize(before);
    assertThat(ids(context.after())).isEqualTo(messages.subList(5, 5 + after));
    if (before > 0) {
      assertThat(ids(context.before()).get(0)).isEqualTo(messages.get(3));
    }
    if (before > 1) {
      assertThat(ids(context.before()).get(1)).isEqualTo(messages.get(2));
    }
  }

  @Test
  void context_itsTokens_goOnWithNothingMissingOrTwice() {
    host.room(ROOM, ALICE);
    say(ALICE, ALICE, ALICE, ALICE, ALICE, ALICE, ALICE, ALICE);
    for (int limit : new int[] {0, 1, 4}) {
      EventContext context = context(messages.get(4), ContextOptions.DEFAULT.withLimit(limit));
      MessagesOptions all =
          MessagesOptions.DEFAULT.withFilter(RoomEventFilter.ALL).withLimit(100);

      List<ClientEvent> older =
          host.engine().messages(ALICE, ROOM, all.withFrom(context.start())).chunk();
      List<ClientEvent> newer = host.engine()
          .messages(ALICE, ROOM, all.withFrom(context.end()).withDirection(Direction.FORWARD))
          .chunk();

      List<EventId> walked = new ArrayList<>(ids(context.after()));
      walked.addAll(ids(newer));
      assertThat(walked).isEqualTo(messages.subList(5, 8));
      walked = new ArrayList<>(ids(context.before()));
      walked.addAll(ids(older));
      assertThat(walked).hasSize(7).startsWith(messages.get(3), messages.get(2));
      assertThat(walked).doesNotHaveDuplicates();
    }
  }

  @Test
  void context_filter_isForThoseAroundAlone() {
    host.room(ROOM, ALICE, BOB);
    say(BOB, ALICE, ALICE, BOB);

    EventContext context = context(
        messages.get(1), filtered("{\"senders\":[\"@b:h\"],\"types\":[\"m.room.message\"]}"));

    assertThat(context.event().id()).contains(messages.get(1));
    assertThat(ids(context.before())).containsExactly(messages.get(0));
    assertThat(ids(context.after())).containsExactly(messages.get(3));
    assertThat(context.state()).hasSize(4);
  }

  @Test
  void context_state_isThatOfTheNewestEventGiven() {
    host.room(ROOM, ALICE);
    say(ALICE, ALICE);
    host.world.append(
        host.world.event(ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"t\"}"));
    say(ALICE);

    assertThat(context(messages.get(0), ContextOptions.DEFAULT.withLimit(0)).state())
        .extracting(ClientEvent::type)
        .doesNotContain("m.room.topic");
    assertThat(context(messages.get(0), ContextOptions.DEFAULT.withLimit(1)).state())
        .extracting(ClientEvent::type)
        .doesNotContain("m.room.topic");
    assertThat(context(messages.get(0), ContextOptions.DEFAULT).state())
        .extracting(ClientEvent::type)
        .containsExactly(
            "m.room.create", "m.room.history_visibility", "m.room.member", "m.room.topic");
  }

  @Test
  void context_lazyLoading_hasTheMembersOfTheSendersAndAllOtherState() {
    host.room(ROOM, ALICE, BOB, CAROL);
    say(BOB, CAROL, ALICE);
    ContextOptions lazy = filtered("{\"lazy_load_members\":true}");

    EventContext context = context(messages.get(0), lazy.withLimit(1));

    assertThat(context.state())
        .extracting(event -> event.type() + " " + event.sender().orElseThrow())
        .containsExactly(
            "m.room.create @a:h",
            "m.room.history_visibility @a:h",
            "m.room.member @b:h",
            "m.room.member @c:h");
  }

  @Test
  void context_eventThatIsNotForTheViewer_isEmpty() {
    host.world.create(ROOM, ALICE, "joined");
    say(ALICE);
    host.join(ROOM, BOB);
    say(ALICE);
    RoomEvent elsewhere = host.world.message(World.room("other"), ALICE);
    host.room(World.room("other"), ALICE);
    host.world.append(elsewhere);
    RoomEvent outlier = host.world.member(ROOM, CAROL, World.user("d"), "invite");
    host.events.append(List.of(Append.outlier(outlier)));

    assertThat(context(BOB, messages.get(0), ContextOptions.DEFAULT)).isEmpty();
    assertThat(context(BOB, EventId.parse("$none:h"), ContextOptions.DEFAULT)).isEmpty();
    assertThat(context(CAROL, messages.get(1), ContextOptions.DEFAULT)).isEmpty();
    assertThat(context(ALICE, elsewhere.id(), ContextOptions.DEFAULT)).isEmpty();
    assertThat(context(World.user("d"), outlier.id(), ContextOptions.DEFAULT)).isEmpty();
    EventContext seen = context(BOB, messages.get(1), ContextOptions.DEFAULT).orElseThrow();
    assertThat(ids(seen.before())).hasSize(4).doesNotContain(messages.get(0));
  }

  /** The event can be read by everybody as long as it is stored, though the room is not open to all any more. */
  @Test
  void context_eventOfWhenTheRoomWasWorldReadable_hasThoseAroundItOfThatTime() {
    host.world.create(ROOM, ALICE, "world_readable");
    say(ALICE, ALICE);
    host.world.append(host.world.event(
        ROOM,
        ALICE,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"shared\"}"));
    say(ALICE);

    EventContext seen = context(CAROL, messages.get(1), ContextOptions.DEFAULT).orElseThrow();

    assertThat(ids(seen.before())).startsWith(messages.get(0));
    assertThat(ids(seen.after())).doesNotContain(messages.get(2));
    assertThat(context(CAROL, messages.get(2), ContextOptions.DEFAULT)).isEmpty();
  }

  @Test
  void context_limitAboveTheEnginesOwn_isBounded() {
    host.start(host.full().reads(ReadSettings.DEFAULT.withHistoryLimit(4)));
    host.room(ROOM, ALICE);
    say(ALICE, ALICE, ALICE, ALICE, ALICE, ALICE);

    EventContext context = context(messages.get(2), ContextOptions.DEFAULT.withLimit(1_000));

    assertThat(context.before()).hasSize(2);
    assertThat(context.after()).hasSize(2);
  }
}
