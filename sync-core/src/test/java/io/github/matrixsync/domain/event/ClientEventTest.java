package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.encode;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientEventTest {
  private final EncodedEvent encoded =
      encode(stored(parse(message("{\"body\":\"secret\"}", ",\"age\":5"))));

  @Test
  void of_encodedEvent_saysWhatItSays() {
    ClientEvent event = encoded.at(NOW);

    assertThat(event.type()).isEqualTo("m.room.message");
    assertThat(event.id()).contains(JsonEvents.ID);
    assertThat(event.room()).contains(JsonEvents.ROOM);
    assertThat(event.sender()).contains(JsonEvents.ALICE);
    assertThat(event.content()).isEqualTo(RawJson.of("{\"body\":\"secret\"}"));
  }

  @Test
  void json_twoAnswers_eachHasItsAge() {
    assertThat(JsonTree.object(encoded.at(NOW).json())).containsEntry("age", 5L);
    assertThat(JsonTree.object(encoded.at(NOW.plusSeconds(1)).json())).containsEntry("age", 1005L);
  }

  @Test
  void writeTo_anyEvent_writesItsJson() throws IOException {
    ClientEvent event = encoded.at(NOW);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    event.writeTo(out);

    assertThat(RawJson.of(out.toByteArray())).isEqualTo(event.json());
  }

  @Test
  void toString_anyEntry_showsNoContent() {
    assertThat(encoded.at(NOW)).hasToString("ClientEvent[m.room.message $e:h in !r:h]");
    assertThat(EphemeralEvents.typing(JsonEvents.ROOM, List.of()).at(NOW))
        .hasToString("ClientEvent[m.typing in !r:h]");
  }
}
