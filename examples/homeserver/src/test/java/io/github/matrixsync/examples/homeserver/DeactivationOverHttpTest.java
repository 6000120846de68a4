package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeactivationOverHttpTest extends ServerTest {
  private static final String AUTH = "'auth':{'type':'m.login.password','password':'p'}";

  private Client alice = nobody;
  private Client bob = nobody;
  private String id = "";

  @BeforeEach
  void meet(TestInfo test) {
    String suffix = "." + Integer.toHexString(test.getDisplayName().hashCode());
    alice = nobody.register("a" + suffix);
    bob = nobody.register("b" + suffix);
    id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
    bob.post(room(id, "/send/m.room.message"), "{'body':'of bob'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/_matrix/client/api/v1", "/_matrix/client/v2_alpha", "/_matrix/client/r0"})
  void deactivate_withThePassword_endsTheAccount(String prefix) {
    Reply stages = bob.post(prefix + "/account/deactivate", "{}");
    assertThat(stages.status()).isEqualTo(401);
    assertThat(stages.json().at("/flows/0/stages/0").asString()).isEqualTo("m.login.password");

    assertThat(bob.post(prefix + "/account/deactivate", "{" + AUTH + "}").text())
        .isEqualTo("{}");

    assertThat(bob.get("/events?timeout=0").errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    String name = bob.user().substring(1, bob.user().indexOf(':'));
    String password = "{'type':'m.login.password','user':'" + name + "','password':'p'}";
    assertThat(nobody.post("/login", password).errcode()).isEqualTo("M_FORBIDDEN");
    assertThat(nobody.post("/register", password).errcode()).isEqualTo("M_USER_IN_USE");
    assertThat(alice.get(room(id, "/state/m.room.member/" + bob.user())).text())
        .contains("\"leave\"");
  }

  @Test
  void deactivate_wrongPassword_changesNothing() {
    Reply refused = bob.post("/account/deactivate", "{" + AUTH.replace("'p'", "'q'") + "}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(bob.get("/events?timeout=0").status()).isEqualTo(200);
  }

  @Test
  void deactivate_whileAPollIsParked_answersItWithTheLeave() {
    String now = bob.get("/events?timeout=0").json().path("end").asString();
    CompletableFuture<Reply> poll =
        bob.later("GET", "/events?timeout=60000&from=" + now, new byte[0]);
    awaitParked(server, 1);
    bob.post("/account/deactivate", "{" + AUTH + "}");

    assertThat(poll.join().text()).contains("\"membership\":\"leave\"");
  }

  @Test
  void deactivate_withErasure_prunesForThoseWhoCameLater() {
    bob.post("/account/deactivate", "{" + AUTH + ",'erase':true}");
    Client carol = nobody.register("carol.later");
    carol.post(room(id, "/join"), "");

    assertThat(alice.get(room(id, "/messages?limit=20")).text()).contains("of bob");
    assertThat(carol.get(room(id, "/messages?limit=20")).text()).doesNotContain("of bob");
  }
}
