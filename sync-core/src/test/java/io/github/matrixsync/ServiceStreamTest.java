package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.ServiceHost.ALIAS;
import static io.github.matrixsync.world.ServiceHost.GHOST;
import static io.github.matrixsync.world.ServiceHost.NAMED;
import static io.github.matrixsync.world.ServiceHost.OTHER_GHOST;
import static io.github.matrixsync.world.ServiceHost.SENDER;
import static io.github.matrixsync.world.ServiceHost.SERVICE;
import static io.github.matrixsync.world.ServiceHost.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.ServiceHost;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which room events are due to an application service. */
class ServiceStreamTest {
  private final ServiceHost service = new ServiceHost();
  private final Host host = service.host;

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void stream_roomWithNobodyOfTheService_isNotDue() {
    host.message(ROOM, ALICE);

    EventBatch batch = service.poll(service.start);

    assertThat(batch.chunk()).isEmpty();
    assertThat(batch.end()).isEqualTo(host.here()).isNotEqualTo(service.start);
  }

  @Test
  void stream_ghostJoined_hasFromItsJoinToItsLeave() {
    host.message(ROOM, ALICE);
    EventId join = host.join(ROOM, GHOST);
    EventId message = service.message(ROOM);
    EventId leave = host.leave(ROOM, GHOST);
    host.message(ROOM, ALICE);

    assertThat(service.got(service.start)).containsExactly(join, message, leave);
  }

  @Test
  void stream_severalGhosts_goOnUntilTheLastHasLeft() {
    EventId first = host.join(ROOM, GHOST);
    EventId second = host.join(ROOM, OTHER_GHOST);
    EventId firstLeft = host.leave(ROOM, GHOST);
    EventId message = service.message(ROOM);
    EventId secondLeft = host.leave(ROOM, OTHER_GHOST);
    host.message(ROOM, ALICE);

    assertThat(service.got(service.start))
        .containsExactly(first, second, firstLeft, message, secondLeft);
  }

  @Test
  void stream_senderJoined_countsAsOneOfTheService() {
    EventId join = host.join(ROOM, SENDER);
    EventId message = service.message(ROOM);

    assertThat(service.got(service.start)).containsExactly(join, message);
  }

  @Test
  void stream_aGhostIsInvitedKickedAndBanned_isItsSubject() {
    List<EventId> about = new ArrayList<>();
    for (String membership : List.of("invite", "leave", "ban", "leave")) {
      about.add(service.append(host.world.member(ROOM, ALICE, GHOST, membership)));
      host.message(ROOM, ALICE);
    }

    assertThat(service.got(service.start)).containsExactlyElementsOf(about);
  }

  @Test
  void stream_aStateEventKeyedByAGhost_isNoMembershipOfIt() {
    service.append(
        host.world.event(ROOM, ALICE, "m.custom", "\"state_key\":\"" + GHOST + "\",", "{}"));

    assertThat(service.got(service.start)).isEmpty();
  }

  @Test
  void stream_roomMatchesById_hasAllOfIt() {
    host.room(NAMED, ALICE);
    EventId message = service.message(NAMED);

    assertThat(service.got(service.start)).hasSize(4).endsWith(message);
  }

  @Test
  void stream_roomMatchesByAlias_isAsOfNow() {
    EventId message = service.message(ROOM);
    assertThat(service.got(service.start)).isEmpty();

    service.directory.addAlias(ROOM, ALIAS);
    assertThat(service.got(service.start)).containsExactly(message);

    service.directory.removeAlias(ALIAS);
    assertThat(service.got(service.start)).isEmpty();
  }

  @Test
  void stream_noDirectory_matchesNoAlias() {
    service.directory.addAlias(ROOM, ALIAS);
    host.start(host.bare());
    host.message(ROOM, ALICE);

    assertThat(service.got(StreamToken.of(0, 0, 0))).isEmpty();
  }

  @Test
  void stream_historyIsForMembers_isNoFilter() {
    host.room(NAMED, ALICE);
    service.append(host.world.event(
        NAMED,
        ALICE,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"joined\"}"));
    EventId message = service.message(NAMED);

    assertThat(service.got(service.start)).endsWith(message);
  }

  @Test
  void stream_senderIgnoresSomebody_isNoFilter() {
    host.settings.setIgnored(SENDER, Set.of(ALICE));
    EventId invite = service.append(host.world.member(ROOM, ALICE, SENDER, "invite"));
    EventId join = host.join(ROOM, SENDER);
    EventId message = service.message(ROOM);

    assertThat(service.got(service.start)).containsExactly(invite, join, message);
  }

  @Test
  void stream_outliers_areDueToTheirSubjectAlone() {
    EventId invite = service.outlier(host.world.member(NAMED, ALICE, GHOST, "invite"));
    service.outlier(host.world.member(NAMED, ALICE, BOB, "invite"));

    assertThat(service.got(service.start)).containsExactly(invite);
  }

  @Test
  void stream_outlierBecomesLive_isGivenOnce() {
    RoomEvent invite = host.world.member(ROOM, ALICE, GHOST, "invite");
    service.outlier(invite);
    host.world.append(invite);

    assertThat(service.got(service.start)).containsExactly(invite.id());
  }

  /** State resolution of the host removes the only ghost, and adds it again, by messages. */
  @Test
  void stream_stateIsResolvedByAnotherEvent_isDueWithWhatHeldBeforeAndAfter() {
    EventId join = host.join(ROOM, GHOST);
    StreamToken here = host.here();
    EventId gone = resolve(Optional.empty());
    host.message(ROOM, ALICE);
    EventId back = resolve(Optional.of(join));
    EventId message = service.message(ROOM);

    assertThat(service.got(here)).containsExactly(gone, back, message);
    service.restart();
    assertThat(service.got(here)).containsExactly(gone, back, message);
  }

  /** Appends a message that sets the ghost's state entry to another member event, or removes it. */
  private EventId resolve(Optional<EventId> member) {
    RoomEvent message = host.world.message(ROOM, ALICE);
    StateEntry entry = new StateEntry(RoomEvent.MEMBER, GHOST.value(), member);
    host.events.append(List.of(Append.live(message, List.of(entry))));
    return message.id();
  }

  @Test
  void stream_limit_cutsAndGoesOn() {
    EventId join = host.join(ROOM, GHOST);
    EventId first = service.message(ROOM);
    host.room(World.room("other"), BOB);
    EventId second = service.message(ROOM);

    List<EventId> all = new ArrayList<>();
    StreamToken from = service.start;
    for (int i = 0; i < 3; i++) {
      EventBatch batch = host.poll(SENDER, from, SERVICE.withLimit(1));
      assertThat(batch.chunk()).hasSize(1);
      all.addAll(ids(batch));
      from = batch.end();
    }
    assertThat(all).containsExactly(join, first, second);
    assertThat(host.poll(SENDER, from, SERVICE.withLimit(1)).chunk()).isEmpty();
  }

  @Test
  void stream_asTheSenderWithoutTheOption_isAUsersStream() {
    host.join(ROOM, GHOST);
    host.message(ROOM, ALICE);

    assertThat(host.poll(SENDER, service.start).chunk()).isEmpty();
    assertThat(ids(host.poll(GHOST, service.start))).hasSize(2);
  }

  @Test
  void options_serviceInOneRoom_areRefused() {
    assertThatThrownBy(() -> SERVICE.inRoom(ROOM)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            StreamOptions.DEFAULT.inRoom(ROOM).withService(SERVICE.service().orElseThrow()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stream_senderIsErased_isWithoutContentFromWindowAndStore() {
    host.join(ROOM, GHOST);
    StreamToken here = host.here();
    service.message(ROOM);
    host.settings.erase(ALICE);

    assertThat(content(service.poll(here))).isEqualTo("{}");
    service.restart();
    assertThat(content(service.poll(here))).isEqualTo("{}");
  }

  @Test
  void stream_eventIsRedacted_isWithoutContentFromWindowAndStore() {
    host.join(ROOM, GHOST);
    StreamToken here = host.here();
    EventId message = service.message(ROOM);
    service.append(host.world.redaction(ROOM, ALICE, message));

    assertThat(content(service.poll(here))).isEqualTo("{}");
    service.restart();
    assertThat(content(service.poll(here))).isEqualTo("{}");
  }

  @Test
  void stream_otherForm_isInThatForm() {
    host.join(ROOM, GHOST);
    StreamToken here = host.here();
    service.message(ROOM);

    assertThat(host.poll(SENDER, here, SERVICE.withForm(EventForm.R0))
            .chunk()
            .get(0)
            .json()
            .toString())
        .contains("\"sender\"");
  }

  @Test
  void stream_historyComesLater_goesOn() {
    host.room(NAMED, ALICE);
    StreamToken here = host.here();
    EventId first = service.message(NAMED);
    host.events.append(List.of(Append.backfill(host.world.message(NAMED, BOB), Optional.empty())));
    EventId second = service.message(NAMED);

    assertThat(service.got(here)).containsExactly(first, second);
  }

  private static String content(EventBatch batch) {
    return batch.chunk().get(0).content().toString();
  }
}
