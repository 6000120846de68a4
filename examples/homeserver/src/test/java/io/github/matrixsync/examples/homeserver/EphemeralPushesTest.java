package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.homeserver.registration.Registration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

/** Typing, receipts and presence for a bridge that asks for them. */
class EphemeralPushesTest extends ServerTest {
  private static final FakeBridge BRIDGE = new FakeBridge("irc");
  private static final Registration IRC =
      Bridges.registration("irc", true, Optional.of(BRIDGE.url()), true);

  private Client alice = nobody;
  private String id = "";

  EphemeralPushesTest() {
    super(IRC);
  }

  @AfterAll
  @Override
  void close() {
    super.close();
    BRIDGE.close();
  }

  /** Creates Alice's room with the bot in it. */
  @BeforeEach
  void meet(TestInfo test) {
    alice = nobody.register("alice." + Integer.toHexString(test.getDisplayName().hashCode()));
    id = alice.createRoom("{'preset':'public_chat'}");
    Bridges.client(nobody.base(), IRC).post("/join/" + id, "{}");
  }

  @Test
  void typing_inARoomOfTheBridge_isPushedAlone() throws InterruptedException {
    alice.put(room(id, "/typing/" + alice.user()), "{'typing':true,'timeout':60000}");

    JsonNode typing = next("m.typing");
    assertThat(typing.path("room_id").asString()).isEqualTo(id);
    assertThat(typing.at("/content/user_ids/0").asString()).isEqualTo(alice.user());
  }

  @Test
  void receipt_inARoomOfTheBridge_isPushed() throws InterruptedException {
    String event = alice
        .post(room(id, "/send/m.room.message"), "{'body':'hi'}")
        .json()
        .path("event_id")
        .asString();
    alice.post(room(id, "/receipt/m.read/" + Client.encode(event)), "{}");

    JsonNode receipt = next("m.receipt");
    assertThat(receipt.path("room_id").asString()).isEqualTo(id);
    assertThat(receipt.path("content").path(event).path("m.read").has(alice.user()))
        .isTrue();
  }

  @Test
  void presence_ofAMemberOfItsRoom_isPushedWithItsSender() throws InterruptedException {
    alice.put("/presence/" + alice.user() + "/status", "{'presence':'unavailable'}");

    JsonNode presence = next("m.presence");
    assertThat(presence.path("sender").asString()).isEqualTo(alice.user());
    assertThat(presence.at("/content/presence").asString()).isEqualTo("unavailable");
  }

  /** Returns the next entry of a type. */
  private static JsonNode next(String type) throws InterruptedException {
    while (true) {
      JsonNode push = Client.MAPPER.readTree(BRIDGE.next().body());
      JsonNode entries = push.path("ephemeral");
      assertThat(push.path("de.sorunome.msc2409.ephemeral")).isEqualTo(entries);
      assertThat(push.path("events").isArray()).isTrue();
      for (JsonNode entry : entries) {
        if (entry.path("type").asString().equals(type)) {
          return entry;
        }
      }
    }
  }
}
