package io.github.matrixsync.internal.encoding;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.builder;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnsweredEventTest {
  private static final RawJson MEMBERS = RawJson.of("\"membership\":\"join\"");

  private static ClientEvent extended(StoredEvent event) {
    ClientEvent encoded =
        EncodedEvent.of(EventForm.SYNC, event, Optional.empty()).at(NOW);
    return AnsweredEvent.extend(encoded, MEMBERS);
  }

  @Test
  void json_ageIsTheLastMember_staysBeforeTheOthers() {
    RoomEvent event = builder("m.t").ageSince(NOW.minusMillis(17)).build();

    RawJson json = extended(stored(event)).json();

    assertThat(JsonTree.object(JsonTree.object(json), "unsigned"))
        .containsEntry("age", 17L)
        .containsEntry("membership", "join");
  }

  @Test
  void json_nothingUnsigned_hasTheMembersAlone() {
    RawJson json = extended(stored(builder("m.t").build())).json();

    assertThat(JsonTree.object(JsonTree.object(json), "unsigned")).containsOnlyKeys("membership");
  }

  @Test
  void length_anyEvent_isThatOfTheJson() {
    for (RoomEvent event : new RoomEvent[] {
      builder("m.t").build(), builder("m.t").ageSince(NOW.minusMillis(1_234)).build()
    }) {
      ClientEvent extended = extended(stored(event));

      assertThat(extended.length()).isEqualTo(extended.json().length());
    }
  }
}
