package io.github.matrixsync.domain;

import static io.github.matrixsync.domain.JsonEvents.NOW;
import static io.github.matrixsync.domain.JsonEvents.encode;
import static io.github.matrixsync.domain.JsonEvents.message;
import static io.github.matrixsync.domain.JsonEvents.parse;
import static io.github.matrixsync.domain.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientEventTest {
  private final EncodedEvent encoded =
      encode(stored(parse(message("{\"body\":\"secret\"}", ",\"age\":5"))));

  @Test
  void of_encodedEvent_saysWhatItSays() {
    ClientEvent event = ClientEvent.of(encoded, NOW);

    assertThat(event.type()).isEqualTo("m.room.message");
    assertThat(event.id()).contains(JsonEvents.ID);
    assertThat(event.room()).contains(JsonEvents.ROOM);
    assertThat(event.sender()).contains(JsonEvents.ALICE);
    assertThat(event.content()).isEqualTo(RawJson.of("{\"body\":\"secret\"}"));
  }

  @Test
  void json_twoAnswers_eachHasItsAge() {
    assertThat(JsonTree.object(ClientEvent.of(encoded, NOW).json()))
        .containsEntry("age", JsonTree.number(5));
    assertThat(JsonTree.object(ClientEvent.of(encoded, NOW.plusSeconds(1)).json()))
        .containsEntry("age", JsonTree.number(1005));
  }

  @Test
  void writeTo_anyEvent_writesItsJson() throws IOException {
    ClientEvent event = ClientEvent.of(encoded, NOW);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    event.writeTo(out);

    assertThat(RawJson.of(out.toByteArray())).isEqualTo(event.json());
  }

  @Test
  void toString_anyEntry_showsNoContent() {
    assertThat(ClientEvent.of(encoded, NOW))
        .hasToString("ClientEvent[m.room.message $e:h in !r:h]");
    assertThat(ClientEvent.of(EphemeralEvents.typing(JsonEvents.ROOM, List.of()), NOW))
        .hasToString("ClientEvent[m.typing in !r:h]");
  }
}
