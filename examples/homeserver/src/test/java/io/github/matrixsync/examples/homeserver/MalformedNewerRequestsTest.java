package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.V3;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each malformed request of today's API gets its documented error, below both of its prefixes. */
class MalformedNewerRequestsTest extends ServerTest {
  private static final String LOGIN =
      "'type':'m.login.password','identifier':{'type':'m.id.user','user':'alice'},'password':'p'";

  private Client alice = nobody;
  private String id = "";

  @BeforeAll
  void register() {
    alice = nobody.register("alice");
    id = alice.createRoom("{}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      POST   | /login                         | {}                                     | 400 | M_MISSING_PARAM
      POST   | /login                         | {'type':'m.login.token','token':'x'}   | 400 | M_UNKNOWN
      POST   | /login                         | {'type':'m.login.password','identifier':{}} | 400 | M_MISSING_PARAM
      POST   | /login                         | {LOGIN,'device_id':5} | 400 | M_BAD_JSON
      POST   | /login                         | {LOGIN,'device_id':''} | 400 | M_INVALID_PARAM
      POST   | /register                      | {'username':'x','auth':{}}             | 400 | M_MISSING_PARAM
      POST   | /register                      | {'username':'x','inhibit_login':'yes'} | 400 | M_BAD_JSON
      POST   | /register                      | {'username':'x','auth':{'type':'m.login.dummy'}} | 400 | M_MISSING_PARAM
      GET    | /devices/NONE                  |                                        | 404 | M_NOT_FOUND
      GET    | /devices/                      |                                        | 400 | M_INVALID_PARAM
      PUT    | /devices/NONE                  | {}                                     | 404 | M_NOT_FOUND
      PUT    | /devices/NONE                  | {'display_name':5}                     | 400 | M_BAD_JSON
      DELETE | /devices/NONE                  | {'auth':{'type':'m.login.password','password':'q'}} | 403 | M_FORBIDDEN
      POST   | /delete_devices                | {'devices':'NONE'}                     | 400 | M_BAD_JSON
      POST   | /delete_devices                | {'devices':[5]}                        | 400 | M_BAD_JSON
      POST   | /knock/x                       | {}                                     | 400 | M_INVALID_PARAM
      POST   | /knock/%23no:localhost         | {}                                     | 404 | M_NOT_FOUND
      POST   | /knock/!no:localhost           | {}                                     | 403 | M_FORBIDDEN
      POST   | /knock/ROOM                    | {'reason':5}                           | 400 | M_BAD_JSON
      POST   | /createRoom                    | {'room_version':'99'} | 400 | M_UNSUPPORTED_ROOM_VERSION
      POST   | /createRoom                    | {'room_version':10}                    | 400 | M_BAD_JSON
      POST   | /createRoom                    | {'is_direct':'yes','invite':['@b:localhost']} | 400 | M_BAD_JSON
      POST   | /createRoom                    | {'power_level_content_override':[]}    | 400 | M_BAD_JSON
      POST   | /createRoom                    | {'power_level_content_override':{'ban':'x'}} | 400 | M_BAD_JSON
      GET    | /publicRooms?limit=x           |                                        | 400 | M_INVALID_PARAM
      GET    | /publicRooms?since=-1          |                                        | 400 | M_INVALID_PARAM
      POST   | /publicRooms                   | {'limit':'x'}                          | 400 | M_BAD_JSON
      POST   | /publicRooms                   | {'filter':[]}                          | 400 | M_BAD_JSON
      POST   | /publicRooms                   | {'since':'x'}                          | 400 | M_INVALID_PARAM
      GET    | /directory/list/room/x         |                                        | 400 | M_INVALID_PARAM
      GET    | /directory/list/room/!no:localhost |                                    | 404 | M_NOT_FOUND
      PUT    | /directory/list/room/ROOM      | {'visibility':'x'}                     | 400 | M_INVALID_PARAM
      GET    | /rooms/!no:localhost/aliases   |                                        | 403 | M_FORBIDDEN
      POST   | /rooms/ROOM/receipt/m.write/$e | {}                                     | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/receipt/m.read/$e  | {}                                     | 404 | M_NOT_FOUND
      POST   | /rooms/ROOM/receipt/m.read/e   | {}                                     | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/receipt/m.read/$e  | {'thread_id':5}                        | 400 | M_BAD_JSON
      POST   | /rooms/ROOM/receipt/m.read/$e  | {'thread_id':'x'}                      | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/receipt/m.fully_read/$e | {'thread_id':'main'}              | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/read_markers       | {'m.fully_read':5}                     | 400 | M_BAD_JSON
      POST   | /rooms/ROOM/read_markers       | {'m.fully_read':'x'}                   | 400 | M_INVALID_PARAM
      POST   | /rooms/ROOM/read_markers       | {'m.fully_read':'$e'}                  | 404 | M_NOT_FOUND
      POST   | /rooms/!no:localhost/read_markers | {}                                  | 403 | M_FORBIDDEN
      POST   | /media/upload                  | {}                                     | 404 | M_UNRECOGNIZED
      GET    | /account/whoami/x              |                                        | 404 | M_UNRECOGNIZED
      POST   | /account/whoami                |                                        | 405 | M_UNRECOGNIZED
      GET    | /room_keys/keys                |                                        | 404 | M_UNRECOGNIZED
      """)
  void request_malformed_hasItsAnswer(
      String method, String path, String body, int status, String errcode) {
    for (String prefix : new String[] {V3, "/_matrix/client/r0"}) {
      Reply reply = alice.send(
          method,
          prefix + path.replace("ROOM", Client.encode(id)),
          body == null ? "" : body.replace("LOGIN", LOGIN));
      assertThat(reply.status()).as(reply.text()).isEqualTo(status);
      assertThat(reply.errcode()).isEqualTo(errcode);
      assertThat(reply.json().path("error").asString()).isNotBlank();
      assertThat(reply.text()).doesNotContain("Exception").doesNotContain("\\n");
    }
  }
}
