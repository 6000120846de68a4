package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that an application service gives to what it sends, with {@code ts}. */
@MatrixTest
class GivenTimesTest {
  private static final long GIVEN = 1_234_567_890_123L;
  private static final String TEXT = "{\"msgtype\":\"m.text\",\"body\":\"hi\"}";
  private static final String SEND = "v3/rooms/!here:test/send/m.room.message/1?ts=";

  private MatrixWorld world;
  private TestUser alice;
  private Http service;

  @BeforeEach
  void room(MatrixWorld given) {
    world = given;
    TestService irc = world.service("irc").register();
    alice = world.user("alice");
    TestRoom here = alice.creates("here").with(irc.sender());
    here.power(irc.sender(), 50);
    service = new Http(world.server(), irc.asToken());
  }

  private long time(Http.Reply sent) throws Exception {
    assertThat(sent.status()).isEqualTo(200);
    String event = sent.json().path("event_id").asString("");
    Http client = new Http(world.server(), alice.accessToken());
    return client
        .get("v3/rooms/!here:test/event/" + event)
        .json()
        .path("origin_server_ts")
        .asLong(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3", "r0"})
  void send_ofAServiceWithATime_hasIt(String version) throws Exception {
    String path = version + "/rooms/!here:test/send/m.room.message/1?ts=" + GIVEN;

    assertThat(time(service.put(path, TEXT))).isEqualTo(GIVEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3", "r0"})
  void state_ofAServiceWithATime_hasIt(String version) throws Exception {
    String path = version + "/rooms/!here:test/state/m.room.topic/?ts=" + GIVEN;

    assertThat(time(service.put(path, "{\"topic\":\"old\"}"))).isEqualTo(GIVEN);
  }

  @Test
  void state_membershipWithATime_hasIt() throws Exception {
    String path = "v3/rooms/!here:test/state/m.room.member/@irc:test?ts=" + GIVEN;

    assertThat(time(service.put(path, "{\"membership\":\"leave\"}"))).isEqualTo(GIVEN);
  }

  @Test
  void send_ofAServiceWithoutATime_hasThePresent() throws Exception {
    String path = "v3/rooms/!here:test/send/m.room.message/1";

    assertThat(time(service.put(path, TEXT))).isEqualTo(world.time().millis());
  }

  @Test
  void send_ofAUserWithATime_hasThePresent() throws Exception {
    Http client = new Http(world.server(), alice.accessToken());

    assertThat(time(client.put(SEND + GIVEN, TEXT))).isEqualTo(world.time().millis());
    assertThat(client.put(SEND.replace("/1", "/2") + "never", TEXT).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "", "-1", "1.5", "9007199254740992", "99999999999999999999"})
  void send_ofAServiceWithABadTime_isRefused(String time) throws Exception {
    Http.Reply reply = service.put(SEND + time, TEXT);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
  }
}
