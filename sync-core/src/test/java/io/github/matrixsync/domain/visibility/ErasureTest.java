package io.github.matrixsync.domain.visibility;

import static io.github.matrixsync.domain.event.JsonEvents.ALICE;
import static io.github.matrixsync.domain.event.JsonEvents.BOB;
import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.redaction;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasureTest {
  private static final UserId VIEWER = UserId.parse("@v:h");
  private static final Erasure OF_ALICE = Erasure.of(Set.of(ALICE));
  private static final Erasure OF_BOB = Erasure.of(Set.of(BOB));

  /** The viewer was joined at the events, which are all at position 1; the other viewer was not. */
  private static final RoomView JOINED = view(1);

  private static final RoomView ELSEWHERE = view(2);

  private final RoomEvent topic = parse(
      message(
          "{\"topic\":\"t\"}",
          ",\"type\":\"m.room.member\",\"membership\":\"join\",\"x\":1,\"state_key\":\"@alice:h\",\"depth\":7,"
              + "\"age\":5,\"content\":{\"membership\":\"join\",\"displayname\":\"A\"}"),
      "1");
  private final StoredEvent member = stored(topic);

  @Test
  void of_nobody_isNone() {
    assertThat(Erasure.of(Set.of())).isSameAs(Erasure.NONE);
    assertThat(Erasure.NONE.isNone()).isTrue();
    assertThat(OF_ALICE.isNone()).isFalse();
  }

  @Test
  void show_senderNotErasedOrViewerJoined_isWhole() {
    for (Erasure.Shown shown : List.of(
        OF_BOB.show(member, Optional.of(member), ELSEWHERE),
        OF_ALICE.show(member, Optional.of(member), JOINED))) {
      assertThat(shown).isEqualTo(new Erasure.Shown(member, Optional.of(member), true));
    }
  }

  @Test
  void show_senderErasedAndViewerNotJoined_isWhatARedactionLeaves() {
    Erasure.Shown shown = OF_ALICE.show(member, Optional.empty(), ELSEWHERE);

    RoomEvent left = shown.event().event();
    assertThat(shown.whole()).isFalse();
    assertThat(shown.replaced()).isEmpty();
    assertThat(left.json().toString())
        .isEqualTo("{\"content\":{\"membership\":\"join\"},\"membership\":\"join\"}");
    assertThat(left.roomVersion()).contains(RoomVersion.V1);
    assertThat(left.originServerTs()).isEqualTo(topic.originServerTs());
    assertThat(left.stateKey()).isEqualTo(topic.stateKey());
    assertThat(left.depth()).isEqualTo(topic.depth());
    assertThat(left.membership()).contains(Membership.JOIN);
    assertThat(left.ageSince()).contains(NOW.minusMillis(5));
    assertThat(shown.event().position()).isEqualTo(member.position());
  }

  @Test
  void show_replacedEventOfTheErased_isPrunedAlone() {
    StoredEvent bobs = stored(redaction("$b:h", "$x:h", "{\"reason\":\"r\"}"));

    Erasure.Shown shown = OF_ALICE.show(bobs, Optional.of(member), ELSEWHERE);

    assertThat(shown.whole()).isFalse();
    assertThat(shown.event()).isEqualTo(bobs);
    assertThat(shown.replaced().orElseThrow().event().json().toString())
        .doesNotContain("displayname");
  }

  @Test
  void show_redactionOfTheErased_isWithoutContentForEverybody() {
    Redaction redaction = new Redaction(redaction("$b:h", "$e:h", "{\"reason\":\"r\"}"), false);
    StoredEvent redacted = stored(topic, null, redaction);

    Erasure.Shown shown = OF_BOB.show(redacted, Optional.empty(), JOINED);

    assertThat(shown.whole()).isFalse();
    assertThat(shown.event().event()).isEqualTo(topic);
    assertThat(shown.event().redaction()).contains(new Redaction(redaction.event(), true));
    assertThat(OF_ALICE.show(redacted, Optional.empty(), JOINED).whole()).isTrue();
    assertThat(OF_ALICE.show(redacted, Optional.empty(), ELSEWHERE).event().redaction())
        .contains(redaction);
  }

  @Test
  void show_visibilityEventOfTheErased_keepsItsVisibility() {
    StoredEvent visibility = stored(parse(message(
        "{\"history_visibility\":\"joined\",\"x\":1}",
        ",\"type\":\"m.room.history_visibility\",\"state_key\":\"\"")));

    RoomEvent left =
        OF_ALICE.show(visibility, Optional.empty(), ELSEWHERE).event().event();

    assertThat(left.historyVisibility()).isEqualTo(visibility.event().historyVisibility());
    assertThat(left.json().toString())
        .isEqualTo("{\"content\":{\"history_visibility\":\"joined\"}}");
  }

  @Test
  void addSenders_redactedEvent_addsBoth() {
    List<UserId> senders = new ArrayList<>();

    Erasure.addSenders(
        stored(topic, null, new Redaction(redaction("$b:h", "$e:h", "{}"), false)), senders);

    assertThat(senders).containsExactly(ALICE, BOB);
  }

  private static RoomView view(long joinsAt) {
    MemberChange join =
        new MemberChange(joinsAt, VIEWER, Membership.LEAVE, Membership.JOIN, Optional.empty());
    return RoomView.of(VIEWER, new Timelines(List.of(join), List.of()), 9);
  }
}
