package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each malformed request gets its documented error. */
class MalformedRequestsTest extends ServerTest {
  private Client alice = nobody;
  private String id = "";

  @BeforeAll
  void register() {
    alice = nobody.register("alice");
    id = alice.createRoom("{}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      GET    | /events?from=banana                       |                                | 400 | M_UNKNOWN
      GET    | /events?from=START                        |                                | 400 | M_UNKNOWN
      GET    | /events?from=t1-1_0_0                     |                                | 400 | M_UNKNOWN
      GET    | /events?from=s1_0_0                       |                                | 400 | M_UNKNOWN
      GET    | /events?from=s9223372036854775807_0_0     |                                | 400 | M_UNKNOWN
      GET    | /events?timeout=hello                     |                                | 400 | M_UNKNOWN
      GET    | /events?timeout=1.5                       |                                | 400 | M_UNKNOWN
      GET    | /events?timeout=                          |                                | 400 | M_UNKNOWN
      GET    | /events?limit=-2                          |                                | 400 | M_INVALID_PARAM
      GET    | /events?dir=x                             |                                | 400 | M_INVALID_PARAM
      GET    | /events?to=x                              |                                | 400 | M_UNKNOWN
      GET    | /events?room_id=x                         |                                | 400 | M_INVALID_PARAM
      GET    | /events?room_id=!no:localhost             |                                | 403 | M_FORBIDDEN
      GET    | /initialSync?limit=hello                  |                                | 400 | M_INVALID_PARAM
      GET    | /initialSync?limit=-1                     |                                | 400 | M_INVALID_PARAM
      GET    | /initialSync?archived=perhaps             |                                | 400 | M_INVALID_PARAM
      GET    | /initialSync?from=x                       |                                | 400 | M_UNKNOWN
      GET    | /events/                                  |                                | 404 | M_NOT_FOUND
      GET    | /events/abc                               |                                | 404 | M_NOT_FOUND
      GET    | /events/$no:localhost                 |                                | 404 | M_NOT_FOUND
      PUT    | /user/@bob:localhost/account_data/x       | {}                             | 403 | M_FORBIDDEN
      PUT    | /user/bob/account_data/x                  | {}                             | 400 | M_INVALID_PARAM
      PUT    | /user/@alice:localhost/account_data/      | {}                             | 400 | M_INVALID_PARAM
      PUT    | /user/@alice:localhost/account_data/x     | []                             | 400 | M_BAD_JSON
      PUT    | /user/@alice:localhost/account_data/x     | {                              | 400 | M_NOT_JSON
      GET    | /user/@alice:localhost/account_data/none  |                                | 404 | M_NOT_FOUND
      POST   | /user/@alice:localhost/account_data/x     | {}                             | 405 | M_UNRECOGNIZED
      PUT    | /user/@alice:localhost/rooms/x/account_data/x | {}                             | 400 | M_INVALID_PARAM
      GET    | /user/@alice:localhost/rooms/ROOM/account_data/none |                                | 404 | M_NOT_FOUND
      GET    | /user/@alice:localhost/rooms/x/tags       |                                | 400 | M_INVALID_PARAM
      PUT    | /user/@alice:localhost/rooms/ROOM/tags/x  | []                             | 400 | M_BAD_JSON
      DELETE | /user/@bob:localhost/rooms/ROOM/tags/x    |                                | 403 | M_FORBIDDEN
      POST   | /account/deactivate                       | {'auth':{}}                    | 400 | M_MISSING_PARAM
      POST   | /account/deactivate                       | {'auth':{'type':'m.login.dummy'}} | 400 | M_UNKNOWN
      POST   | /account/deactivate                       | {'auth':{'type':'m.login.password'}} | 400 | M_MISSING_PARAM
      POST | /account/deactivate | {'auth':{'type':'m.login.password','password':'q'}} | 403 | M_FORBIDDEN
      POST | /account/deactivate | {'auth':{'type':'m.login.password','password':'p'},'erase':1} | 400 | M_BAD_JSON
      POST   | /register?kind=other                      | {}                             | 400 | M_UNKNOWN
      GET    | /rooms/x/initialSync                      |                                | 400 | M_INVALID_PARAM
      GET    | /rooms/!no:localhost/initialSync          |                                | 403 | M_FORBIDDEN
      GET    | /rooms/!no:localhost/messages?dir=b       |                                | 403 | M_FORBIDDEN
      GET    | /rooms/ROOM/messages?dir=q                |                                | 400 | M_INVALID_PARAM
      GET    | /rooms/ROOM/messages?limit=x              |                                | 400 | M_INVALID_PARAM
      GET    | /rooms/ROOM/messages?from=x               |                                | 400 | M_UNKNOWN
      GET    | /rooms/x/state                            |                                | 400 | M_INVALID_PARAM
      GET    | /rooms/!no:localhost/state                |                                | 403 | M_FORBIDDEN
      GET    | /rooms/ROOM/state/no.such                 |                                | 404 | M_NOT_FOUND
      POST   | /rooms/x/join                             |                                | 400 | M_INVALID_PARAM
      POST   | /rooms/!no:localhost/join                 |                                | 403 | M_FORBIDDEN
      POST   | /join/%23no:localhost                     |                                | 404 | M_NOT_FOUND
      POST   | /join/x                                   |                                | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/invite                        | {}                             | 400 | M_MISSING_PARAM
      POST   | /rooms/ROOM/invite                        | {'user_id':5}                  | 400 | M_BAD_JSON
      POST   | /rooms/ROOM/invite                        | {'user_id':'bob'}              | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/kick                          | {'user_id':'@no:localhost'}    | 403 | M_FORBIDDEN
      POST   | /rooms/ROOM/unban                         | {'user_id':'@no:localhost'}    | 403 | M_FORBIDDEN
      POST   | /rooms/ROOM/forget                        |                                | 400 | M_UNKNOWN
      POST   | /rooms/ROOM/leave                         | {'reason':5}                   | 400 | M_BAD_JSON
      POST   | /rooms/ROOM/send/m.room.message           | nonsense                       | 400 | M_NOT_JSON
      POST   | /rooms/ROOM/send/m.room.message           | [1]                            | 400 | M_BAD_JSON
      POST   | /rooms/ROOM/send/m.room.message           | {} {}                          | 400 | M_NOT_JSON
      POST   | /rooms/ROOM/send/                         | {}                             | 400 | M_INVALID_PARAM
      PUT    | /rooms/ROOM/state/m.room.create           | {}                             | 403 | M_FORBIDDEN
      PUT    | /rooms/ROOM/state/m.room.member           | {'membership':'join'}          | 400 | M_INVALID_PARAM
      PUT    | /rooms/ROOM/state/m.room.member/x         | {'membership':'join'}          | 400 | M_INVALID_PARAM
      PUT    | /rooms/ROOM/state/m.room.power_levels     | {'users':[]}                   | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/state/m.room.power_levels     | {'ban':'x'}                    | 400 | M_BAD_JSON
      PUT | /rooms/ROOM/state/m.room.power_levels | {'users':{'@bob:localhost':99999999999999999999}} | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/state/m.room.power_levels     | {'users':{'@bob:localhost':null}} | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/state/x.y/@bob:localhost      | {}                             | 403 | M_FORBIDDEN
      POST   | /rooms/ROOM/redact/x                      | {}                             | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/redact/$no:localhost       | {}                             | 404 | M_NOT_FOUND
      PUT    | /rooms/ROOM/typing/@alice:localhost       | {}                             | 400 | M_MISSING_PARAM
      PUT    | /rooms/ROOM/typing/@alice:localhost       | {'typing':'yes'}               | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/typing/@alice:localhost       | {'typing':2}                   | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/typing/@alice:localhost       | {'typing':1.0}                 | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/typing/@alice:localhost       | {'typing':null}                | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/typing/@alice:localhost       | {'typing':true,'timeout':'x'}  | 400 | M_BAD_JSON
      PUT    | /rooms/ROOM/typing/x                      | {'typing':true}                | 400 | M_INVALID_PARAM
      POST   | /createRoom                               | {'visibility':'secret'}        | 400 | M_INVALID_PARAM
      POST   | /createRoom                               | {'preset':'none'}              | 400 | M_INVALID_PARAM
      POST   | /createRoom                               | {'invite':'@bob:localhost'}    | 400 | M_BAD_JSON
      POST   | /createRoom                               | {'invite':[5]}                 | 400 | M_BAD_JSON
      POST   | /createRoom                               | {'invite':['bob']}             | 400 | M_INVALID_PARAM
      POST   | /createRoom                               | {'name':5}                     | 400 | M_BAD_JSON
      POST   | /createRoom                               | {'room_alias_name':'a b'}      | 400 | M_INVALID_PARAM
      POST   | /createRoom                               | {'initial_state':[{}]}         | 400 | M_MISSING_PARAM
      POST   | /createRoom                               | {'initial_state':[5]}          | 400 | M_MISSING_PARAM
      POST | /createRoom | {'initial_state':[{'type':'','content':{}}]} | 400 | M_INVALID_PARAM
      POST | /createRoom | {'initial_state':[{'type':'x','content':[]}]} | 400 | M_BAD_JSON
      POST | /createRoom | {'initial_state':[{'type':'x','content':{},'content':5}]} | 400 | M_BAD_JSON
      PUT    | /presence/@alice:localhost/status         | {'presence':'dancing'}         | 400 | M_INVALID_PARAM
      PUT    | /presence/@alice:localhost/status         | {}                             | 400 | M_MISSING_PARAM
      GET    | /presence/x/status                        |                                | 400 | M_INVALID_PARAM
      POST   | /presence/list/@alice:localhost           | {'invite':['@no:localhost']}   | 404 | M_NOT_FOUND
      PUT    | /profile/@alice:localhost/displayname     | {'displayname':5}              | 400 | M_BAD_JSON
      GET    | /profile/x                                |                                | 400 | M_INVALID_PARAM
      PUT    | /directory/room/%23a:elsewhere            | {'room_id':'ROOM'}             | 400 | M_INVALID_PARAM
      PUT    | /directory/room/%23a:localhost            | {}                             | 400 | M_MISSING_PARAM
      GET    | /directory/room/x                         |                                | 400 | M_INVALID_PARAM
      POST   | /register                                 | {}                             | 400 | M_MISSING_PARAM
      POST   | /register                                 | {'type':'m.login.email'}       | 400 | M_UNKNOWN
      POST | /register | {'type':'m.login.password','user':'a b','password':'p'} | 400 | M_INVALID_USERNAME
      POST   | /login                                    | {'type':'m.login.password'}    | 400 | M_MISSING_PARAM
      GET    | /initialSync?limit=%ff                    |                                | 400 | M_INVALID_PARAM
      GET    | /initialSync?archived=true;x              |                                | 400 | M_INVALID_PARAM
      GET    | /initialSync?limit=1&limit=1              |                                | 400 | M_INVALID_PARAM
      GET    | /rooms/ROOM/messages?dir=%20f             |                                | 400 | M_INVALID_PARAM
      GET    | /no/such                                  |                                | 404 | M_UNRECOGNIZED
      GET    | /%65vents?timeout=0                       |                                | 404 | M_UNRECOGNIZED
      GET    | /rooms/ROOM/%69nitialSync                 |                                | 404 | M_UNRECOGNIZED
      DELETE | /events                                   |                                | 405 | M_UNRECOGNIZED
      GET    | /_matrix/elsewhere                        |                                | 404 | M_UNRECOGNIZED
      """)
  void request_malformed_hasItsAnswer(
      String method, String path, String body, int status, String errcode) {
    Reply reply = alice.send(
        method,
        path.replace("ROOM", Client.encode(id)),
        body == null ? "" : body.replace("ROOM", id));
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.errcode()).isEqualTo(errcode);
    assertThat(reply.json().path("error").asString()).isNotBlank();
    assertThat(reply.type()).isEqualTo("application/json");
    assertThat(reply.text()).doesNotContain("Exception").doesNotContain("\\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", " \n{} "})
  void body_nothingOrNull_isAnEmptyObject(String body) {
    assertThat(alice.post(Client.room(id, "/send/x.y"), body).status()).isEqualTo(200);
  }

  @Test
  void body_notUtf8_isRefused() {
    for (byte[] body : new byte[][] {
      {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, "{}".getBytes(StandardCharsets.UTF_16LE)
    }) {
      Reply reply = alice.later("POST", Client.room(id, "/send/x.y"), body).join();
      assertThat(reply.errcode()).isEqualTo("M_NOT_JSON");
    }
  }

  @Test
  void body_tooDeepOrTooLarge_isRefused() {
    String deep = "{'a':".repeat(2_000) + "1" + "}".repeat(2_000);
    assertThat(alice.post(Client.room(id, "/send/x.y"), deep).errcode()).isEqualTo("M_NOT_JSON");
    String atTheLimit = "{'a':".repeat(1_000) + "1" + "}".repeat(1_000);
    assertThat(alice.post(Client.room(id, "/send/x.y"), atTheLimit).errcode())
        .isEqualTo("M_BAD_JSON");
    String large = "{'a':'" + "x".repeat(4 << 20) + "'}";
    Reply tooLarge = alice.post(Client.room(id, "/send/x.y"), large);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.errcode()).isEqualTo("M_TOO_LARGE");
  }

  @Test
  void requestLine_tooLong_isRefused() {
    Reply tooLong = alice.get(Client.V3 + "/sync?filter=" + "x".repeat(20_000));
    assertThat(tooLong.status()).isEqualTo(414);
    assertThat(tooLong.errcode()).isEqualTo("M_TOO_LARGE");
    assertThat(tooLong.text()).contains("16384");
  }

  @Test
  void get_withABody_isReadWithoutIt() {
    assertThat(alice.send("GET", "/initialSync", "nonsense").status()).isEqualTo(200);
    assertThat(alice.send("GET", "/pushrules/", "nonsense").status()).isEqualTo(200);
  }

  @Test
  void options_anyPath_isEmptyWithCors() {
    assertThat(nobody.send("OPTIONS", "/events", "").text()).isEqualTo("{}");
  }
}
