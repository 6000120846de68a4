package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestsOverHttpTest extends ServerTest {
  private Client alice = nobody;
  private Client guest = nobody;
  private String id = "";

  @BeforeEach
  void meet(TestInfo test) {
    alice = nobody.register("a." + Integer.toHexString(test.getDisplayName().hashCode()));
    guest = session(nobody.post("/register?kind=guest", "{}"));
    id = alice.createRoom("{'preset':'public_chat'}");
    alice.post(room(id, "/send/m.room.message"), "{'body':'hello'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/_matrix/client/api/v1", "/_matrix/client/v2_alpha", "/_matrix/client/r0"})
  void register_asGuest_givesAUserThatIsANumber(String prefix) {
    Client one = session(nobody.post(prefix + "/register?kind=guest", "{}"));
    Client other = session(nobody.post(prefix + "/register?kind=guest", "{}"));

    assertThat(one.user()).matches("@[0-9]+:localhost").isNotEqualTo(other.user());
    assertThat(nobody.post(prefix + "/register?kind=ghost", "{}").errcode()).isEqualTo("M_UNKNOWN");
  }

  @Test
  void register_aNumber_isNotForAccounts() {
    Reply refused =
        nobody.post("/register", "{'type':'m.login.password','user':'7','password':'p'}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errcode()).isEqualTo("M_INVALID_USERNAME");
  }

  @Test
  void guest_whatIsNotForGuests_isRefused() {
    for (Reply refused : new Reply[] {
      guest.get("/initialSync"),
      guest.get("/events/$x:localhost"),
      guest.post("/createRoom", "{}"),
      guest.put(room(id, "/state/m.room.topic"), "{'topic':'x'}"),
      guest.post(room(id, "/send/org.example.other"), "{}"),
      guest.post(room(id, "/invite"), "{'user_id':'" + alice.user() + "'}"),
      guest.put("/presence/" + guest.user() + "/status", "{'presence':'online'}"),
      guest.put("/user/" + guest.user() + "/account_data/x", "{}"),
      guest.post("/account/deactivate", "{}"),
      guest.post("/join/" + id, "{}")
    }) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(403);
      assertThat(refused.errcode()).isEqualTo("M_GUEST_ACCESS_FORBIDDEN");
    }
    Reply everything = guest.get("/events?timeout=0");
    assertThat(everything.status()).isEqualTo(400);
    assertThat(everything.errcode()).isEqualTo("M_UNKNOWN");
  }

  @Test
  void guest_filters_areThoseOfARequest() {
    for (Reply refused : new Reply[] {
      guest.post(Client.V3 + "/user/" + guest.user() + "/filter", "{}"),
      guest.get(Client.V3 + "/user/" + guest.user() + "/filter/1"),
      guest.get(Client.V3 + "/sync?timeout=0&filter=1")
    }) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(403);
      assertThat(refused.errcode()).isEqualTo("M_GUEST_ACCESS_FORBIDDEN");
    }
    assertThat(guest.get(Client.V3 + "/sync?timeout=0&filter=%7B%7D").status()).isEqualTo(200);
  }

  @Test
  void guest_worldReadableRoom_isPeekedAt() {
    assertThat(guest.get(room(id, "/initialSync?limit=5")).status()).isEqualTo(403);
    alice.put(
        room(id, "/state/m.room.history_visibility"), "{'history_visibility':'world_readable'}");

    Reply snapshot = guest.get(room(id, "/initialSync?limit=5"));
    assertThat(snapshot.status()).isEqualTo(200);
    String now = guest.get("/events?timeout=0&room_id=" + id).json().path("end").asString();
    alice.post(room(id, "/send/m.room.message"), "{'body':'for all'}");
    assertThat(guest.get("/events?timeout=1000&room_id=" + id + "&from=" + now).text())
        .contains("for all");
    assertThat(guest.get(room(id, "/messages?limit=5")).text()).contains("for all");
  }

  @Test
  void guest_roomThatLetsGuestsIn_joinsTalksAndGoesWithTheAccess() {
    access("can_join");
    assertThat(guest.post("/join/" + id, "{}").status()).isEqualTo(200);
    assertThat(guest.post(room(id, "/send/m.room.message"), "{'body':'hi'}").status())
        .isEqualTo(200);
    String now = guest.get("/events?timeout=0&room_id=" + id).json().path("end").asString();

    access("forbidden");

    assertThat(alice.get(room(id, "/state/m.room.member/" + guest.user())).text())
        .contains("\"leave\"");
    assertThat(guest.get("/events?timeout=0&room_id=" + id + "&from=" + now).errcode())
        .isEqualTo("M_FORBIDDEN");
    assertThat(guest.post(room(id, "/send/m.room.message"), "{'body':'hi'}").errcode())
        .isEqualTo("M_FORBIDDEN");
  }

  @Test
  void guest_polls_areNobodysPresence() {
    access("can_join");
    guest.post("/join/" + id, "{}");
    guest.get("/events?timeout=0&room_id=" + id);
    alice.get("/events?timeout=0");

    String presence = alice.get("/initialSync?limit=0").json().path("presence").toString();
    assertThat(presence).contains(alice.user()).doesNotContain(guest.user());
  }

  private void access(String access) {
    alice.put(room(id, "/state/m.room.guest_access"), "{'guest_access':'" + access + "'}");
  }

  private Client session(Reply reply) {
    return new Client(
        nobody.base(),
        reply.json().path("user_id").asString(),
        reply.json().path("access_token").asString());
  }
}
