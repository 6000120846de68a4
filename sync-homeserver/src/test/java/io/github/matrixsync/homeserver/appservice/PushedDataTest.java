package io.github.matrixsync.homeserver.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bodies of transactions. */
class PushedDataTest {
  private static final Entry MESSAGE = new Entry("""
      {"type":"m.room.message","event_id":"$1","content":{"n":1.0},"unsigned":{"age":5,"x":1}}\
      """);
  private static final Entry TYPING =
      new Entry("{\"type\":\"m.typing\",\"content\":{\"user_ids\":[]}}");
  private static final Entry PRESENCE =
      new Entry("{\"type\":\"m.presence\",\"content\":{\"user_id\":\"@a:h\"}}");

  @Test
  void body_event_isAsItCameWithTheFieldsOfV1() {
    assertThat(body(false, MESSAGE)).isEqualTo("""
        {"events":[{"type":"m.room.message","event_id":"$1","content":{"n":1.0},\
        "unsigned":{"age":5,"x":1},"age":5}]}\
        """);
  }

  @Test
  void body_eventWithoutUnsigned_isUnchanged() {
    assertThat(body(false, new Entry("{\"event_id\":\"$1\"}")))
        .isEqualTo("{\"events\":[{\"event_id\":\"$1\"}]}");
  }

  @Test
  void body_ephemeralNotAskedFor_isNone() {
    assertThat(PushedData.body(List.of(TYPING, PRESENCE), false)).isEmpty();
    assertThat(PushedData.body(List.of(), true)).isEmpty();
    assertThat(body(false, MESSAGE, TYPING)).doesNotContain("ephemeral", "m.typing");
  }

  @Test
  void body_ephemeralAskedFor_isUnderBothNames() {
    String list = """
        [{"type":"m.presence","content":{"user_id":"@a:h"},"sender":"@a:h"},\
        {"type":"m.typing","content":{"user_ids":[]}}]\
        """;
    assertThat(body(true, PRESENCE, TYPING))
        .isEqualTo("{\"events\":[],\"ephemeral\":" + list + ",\"de.sorunome.msc2409.ephemeral\":"
            + list + "}");
  }

  private static String body(boolean withEphemeral, ClientEvent... chunk) {
    return PushedData.body(List.of(chunk), withEphemeral).orElseThrow().toString();
  }

  /** An entry of a stream. */
  private record Entry(String text) implements ClientEvent {
    private ObjectNode tree() {
      return Json.read(json());
    }

    @Override
    public String type() {
      return tree().path("type").asString();
    }

    @Override
    public Optional<EventId> id() {
      return tree().get("event_id").map(id -> EventId.parse(id.asString()));
    }

    @Override
    public Optional<RoomId> room() {
      return Optional.empty();
    }

    @Override
    public Optional<UserId> sender() {
      return Optional.empty();
    }

    @Override
    public RawJson content() {
      return Json.write(tree().path("content"));
    }

    @Override
    public RawJson json() {
      return RawJson.of(text);
    }

    @Override
    public long length() {
      return json().length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(json().toByteArray());
    }
  }
}
