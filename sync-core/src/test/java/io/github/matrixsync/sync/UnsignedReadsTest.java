package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.RolesHost.LAPTOP;
import static io.github.matrixsync.sync.RolesHost.PHONE;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.EventContext;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages, contexts and single events have the same members in {@code unsigned} as {@code /sync} for the same reader. */
class UnsignedReadsTest {
  private static final String NEW_CONTENT = ",\"m.new_content\":{\"body\":\"new\"}";

  private final RolesHost host = new RolesHost();

  /** The reads of a room that show events of its history. */
  enum Read {
    MESSAGES {
      @Override
      Stream<ClientEvent> events(RolesHost host, UserId user, EventId id, DeviceId device) {
        MessagesOptions options = MessagesOptions.backward(20)
            .withForm(EventForm.R0)
            .withFilter(RoomEventFilter.ALL)
            .withDevice(device);
        return host.host.engine().messages(user, ROOM, options).chunk().stream();
      }
    },
    CONTEXT_OF_IT {
      @Override
      Stream<ClientEvent> events(RolesHost host, UserId user, EventId id, DeviceId device) {
        return Stream.of(context(host, user, id, device).event());
      }
    },
    CONTEXT_OF_ANOTHER {
      @Override
      Stream<ClientEvent> events(RolesHost host, UserId user, EventId id, DeviceId device) {
        ClientEvent newest = host.host
            .engine()
            .messages(user, ROOM, MessagesOptions.backward(1))
            .chunk()
            .get(0);
        EventContext context = context(host, user, newest.id().orElseThrow(), device);
        List<ClientEvent> all = new ArrayList<>(context.before());
        all.add(context.event());
        return all.stream();
      }
    },
    EVENT {
      @Override
      Stream<ClientEvent> events(RolesHost host, UserId user, EventId id, DeviceId device) {
        return host
            .host
            .engine()
            .roomReads()
            .event(user, ROOM, id, EventForm.R0, Optional.of(device))
            .join()
            .stream();
      }
    };

    abstract Stream<ClientEvent> events(RolesHost host, UserId user, EventId id, DeviceId device);

    static EventContext context(RolesHost host, UserId user, EventId id, DeviceId device) {
      ContextOptions options = ContextOptions.DEFAULT.withLimit(40).withDevice(device);
      return host.host
          .engine()
          .roomReads()
          .context(user, ROOM, id, options)
          .join()
          .orElseThrow();
    }

    /** Returns the JSON of an event as the read shows it. */
    String shows(RolesHost host, UserId user, EventId id, DeviceId device) {
      return events(host, user, id, device)
          .filter(event -> event.id().equals(Optional.of(id)))
          .findFirst()
          .orElseThrow()
          .json()
          .toString();
    }

    String shows(RolesHost host, UserId user, EventId id) {
      return shows(host, user, id, PHONE);
    }
  }

  @BeforeEach
  void room() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("MSC4115: the membership at events before and after one's join")
  void membership_isThatAtTheEvent(Read read) {
    EventId before = host.message(ROOM, ALICE);
    EventId join = host.host.join(ROOM, CAROL);
    EventId after = host.message(ROOM, ALICE);

    assertThat(read.shows(host, CAROL, before)).endsWith("\"membership\":\"leave\"}}");
    assertThat(read.shows(host, CAROL, join)).endsWith("\"membership\":\"join\"}}");
    assertThat(read.shows(host, CAROL, after)).endsWith("\"membership\":\"join\"}}");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Complement: transaction ids of the sending device")
  void transactionId_isReturnedOnlyToTheSendingDevice(Read read) {
    RoomEvent event = host.world.message(ROOM, ALICE);
    host.transactionIds.set(ALICE, PHONE, event.id(), "m1");
    host.append(event);
    host.message(ROOM, BOB);

    assertThat(read.shows(host, ALICE, event.id()))
        .endsWith("\"membership\":\"join\",\"transaction_id\":\"m1\"}}");
    assertThat(read.shows(host, ALICE, event.id(), LAPTOP)).doesNotContain("transaction_id");
    assertThat(read.shows(host, BOB, event.id())).doesNotContain("transaction_id");
  }

  @ParameterizedTest
  @EnumSource
  void relations_areBundledInTheFormOfTheParentEvent(Read read) {
    EventId event = host.message(ROOM, BOB);
    EventId edit = host.relate(ROOM, BOB, Relation.REPLACE, event, NEW_CONTENT);
    EventId reply = host.relate(ROOM, ALICE, Relation.THREAD, event, "");
    EventId reference = host.relate(ROOM, ALICE, Relation.REFERENCE, event, "");

    assertThat(read.shows(host, ALICE, event))
        .contains(
            "\"m.replace\":{\"type\":\"m.room.message\",\"event_id\":\"" + edit + "\",\"room_id\":")
        .contains("\"m.thread\":{\"latest_event\":{\"type\":\"m.room.message\",\"event_id\":\""
            + reply + "\"")
        .contains("\"count\":1,\"current_user_participated\":true}")
        .endsWith("\"m.reference\":{\"chunk\":[{\"event_id\":\"" + reference + "\"}]}}}}");
    assertThat(read.shows(host, ALICE, edit)).doesNotContain("m.relations");
  }

  @ParameterizedTest
  @EnumSource
  void relations_ofIgnoredUsersAndOfState_areNotBundled(Read read) {
    EventId topic =
        host.append(host.world.event(ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{}"));
    EventId event = host.message(ROOM, ALICE);
    host.relate(ROOM, ALICE, Relation.REFERENCE, topic, "");
    host.relate(ROOM, BOB, Relation.REFERENCE, event, "");
    EventId last = host.message(ROOM, ALICE);
    assertThat(read.shows(host, ALICE, event)).contains("m.reference");
    host.host.settings.setIgnored(ALICE, Set.of(BOB));

    assertThat(read.shows(host, ALICE, event)).doesNotContain("m.relations");
    assertThat(read.shows(host, ALICE, topic)).doesNotContain("m.relations");
    assertThat(read.shows(host, ALICE, last)).doesNotContain("m.relations");
  }

  @Test
  void pages_byTheRulesOfV1_haveNoneOfTheseMembers() {
    EventId event = host.message(ROOM, BOB);
    host.relate(ROOM, BOB, Relation.REFERENCE, event, "");

    for (EventForm form : List.of(EventForm.V1, EventForm.R0)) {
      MessagesOptions options = MessagesOptions.backward(2).withForm(form).withDevice(PHONE);
      assertThat(host.host.engine().messages(ALICE, ROOM, options).chunk())
          .hasSize(2)
          .allSatisfy(shown ->
              assertThat(shown.json().toString()).doesNotContain("\"membership\"", "m.relations"));
    }
  }

  @Test
  void readsInTheFormOfV1_haveNoneOfTheseMembers() {
    EventId event = host.message(ROOM, BOB);
    host.relate(ROOM, BOB, Relation.REFERENCE, event, "");
    ContextOptions options = ContextOptions.DEFAULT.withForm(EventForm.V1).withDevice(PHONE);

    EventContext context = host.host
        .engine()
        .roomReads()
        .context(ALICE, ROOM, event, options)
        .join()
        .orElseThrow();

    assertThat(context.event().json().toString()).doesNotContain("unsigned", "m.relations");
  }
}
