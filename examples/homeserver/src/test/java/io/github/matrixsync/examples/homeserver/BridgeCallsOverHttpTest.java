package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import io.github.matrixsync.homeserver.registration.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the bridges and bots of today call, without encryption. */
class BridgeCallsOverHttpTest extends ServerTest {
  private static final FakeBridge BRIDGE = new FakeBridge("irc");
  private static final Registration IRC =
      Bridges.registration("irc", true, Optional.of(BRIDGE.url()));

  /**
   * Calls by the bot, or by its ghost if they begin with a tilde, in an order in which each can be done. A path that
   * begins with a slash is whole, others are below the version; {@code v1/} is for what came after it.
   */
  private static final String CALLS = """
      GET /_matrix/client/versions
      GET account/whoami
      POST v1/appservice/irc/ping {'transaction_id':'t'}
      GET v1/media/config
      GET capabilities
      GET profile/{bot}
      PUT profile/{bot}/displayname {'displayname':'Bot'}
      GET profile/{bot}/displayname
      PUT profile/{bot}/avatar_url {'avatar_url':'mxc://localhost/a'}
      GET profile/{bot}/avatar_url
      PUT profile/{bot}/com.example.network {'com.example.network':{'id':1}}
      POST register {'type':'m.login.application_service','username':'irc_new{n}','inhibit_login':true}
      GET login
      POST login {'type':'m.login.password','identifier':{'type':'m.id.user','user':'bot{n}'},'password':'p'}
      POST user/{bot}/filter {}
      ~GET sync?timeout=0
      POST createRoom {'room_alias_name':'irc_b{n}','preset':'public_chat','is_direct':true}
      POST rooms/{room}/invite {'user_id':'{ghost}'}
      ~POST rooms/{room}/join {}
      ~POST join/{room} {}
      ~POST knock/{closed} {}
      GET joined_rooms
      GET rooms/{room}/joined_members
      GET rooms/{room}/members
      PUT rooms/{room}/send/m.room.message/t1 {'body':'hi'}
      PUT rooms/{room}/state/m.room.topic {'topic':'a'}
      PUT rooms/{room}/state/m.room.topic/ {'topic':'b'}
      GET rooms/{room}/state/m.room.topic
      GET rooms/{room}/state/m.room.topic/
      GET rooms/{room}/state/m.room.topic/?format=event
      GET rooms/{room}/state
      GET rooms/{room}/event/{event}
      GET rooms/{room}/context/{event}
      GET rooms/{room}/messages?dir=b
      ~PUT rooms/{room}/typing/{ghost} {'typing':true,'timeout':30000}
      ~POST rooms/{room}/receipt/m.read/{event} {}
      ~POST rooms/{room}/read_markers {'m.fully_read':'{event}','m.read':'{event}'}
      ~PUT presence/{ghost}/status {'presence':'online'}
      PUT rooms/{room}/redact/{event}/t2 {}
      PUT directory/room/{alias} {'room_id':'{room}'}
      GET directory/room/{alias}
      GET rooms/{room}/aliases
      DELETE directory/room/{alias}
      PUT directory/list/room/{room} {'visibility':'public'}
      GET directory/list/room/{room}
      PUT directory/list/appservice/freenode/{room} {'visibility':'public'}
      PUT user/{bot}/account_data/m.direct {}
      GET user/{bot}/account_data/m.direct
      PUT user/{bot}/rooms/{room}/account_data/x {}
      GET user/{bot}/rooms/{room}/account_data/x
      PUT user/{bot}/rooms/{room}/tags/u.a {}
      GET user/{bot}/rooms/{room}/tags
      DELETE user/{bot}/rooms/{room}/tags/u.a
      POST rooms/{room}/kick {'user_id':'{ghost}'}
      POST rooms/{room}/ban {'user_id':'{ghost}'}
      POST rooms/{room}/unban {'user_id':'{ghost}'}
      POST rooms/{room}/leave {}
      POST /_matrix/media/v3/upload hi
      GET v1/media/download/{file}
      """;

  BridgeCallsOverHttpTest() {
    super(IRC);
  }

  @AfterAll
  @Override
  void close() {
    super.close();
    BRIDGE.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3", "r0"})
  void call_ofATodaysBridge_isDone(String version) {
    Client bot = Bridges.client(nobody.base(), IRC);
    Client ghost = Bridges.ghost(bot, "irc_ghost" + version);
    nobody.register("bot" + version);
    String room = bot.createRoom("{}");
    String closed = bot.createRoom("""
        {'room_version':'10','initial_state':
        [{'type':'m.room.join_rules','state_key':'','content':{'join_rule':'knock'}}]}\
        """);
    String event = bot.post(Client.room(room, "/send/m.room.message"), "{'body':'old'}")
        .json()
        .path("event_id")
        .asString();
    String file =
        bot.post("/_matrix/media/v3/upload", "file").json().path("content_uri").asString();
    Map<String, String> names = Map.of(
        "{bot}", bot.user(),
        "{ghost}", ghost.user(),
        "{room}", room,
        "{closed}", closed,
        "{event}", event,
        "{alias}", "#irc_a" + version + ":localhost",
        "{n}", version);

    List<String> refused = new ArrayList<>();
    for (String call : CALLS.lines().toList()) {
      String[] parts = call.replaceFirst("^~", "").split(" ", 3);
      String path = replaced(parts[1], names, true)
          .replace("{file}", file.replaceFirst("mxc://", ""))
          .replaceFirst("^v1/", "/_matrix/client/v1/");
      Reply reply = (call.startsWith("~") ? ghost : bot)
          .send(
              parts[0],
              path.startsWith("/") ? path : "/_matrix/client/" + version + "/" + path,
              parts.length < 3 ? "" : replaced(parts[2], names, false));
      if (reply.status() != 200) {
        refused.add(call + ": " + reply.status() + " " + reply.text());
      }
    }
    assertThat(refused).isEmpty();
  }

  private static String replaced(String text, Map<String, String> names, boolean isPath) {
    String replaced = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      String value = isPath ? Client.encode(name.getValue()) : name.getValue();
      replaced = replaced.replace(name.getKey(), value);
    }
    return replaced;
  }

  @Test
  void start_asMautrixDoes_hasWhatItInsistsOn() {
    Client bot = Bridges.as(Bridges.client(nobody.base(), IRC), "@ircbot:localhost");

    JsonNode versions = bot.get("/_matrix/client/versions").json();
    assertThat(versions.path("versions").valueStream().map(JsonNode::asString))
        .contains("v1.4")
        .doesNotContain("v1.7", "v1.11", "v1.16");
    assertThat(versions.at("/unstable_features/fi.mau.msc2659.stable").asBoolean())
        .isTrue();
    assertThat(bot.get(Client.V3 + "/account/whoami").json().path("user_id").asString())
        .isEqualTo("@ircbot:localhost");
    assertThat(bot.post("/_matrix/client/v1/appservice/irc/ping", "{'transaction_id':'start'}")
            .json()
            .path("duration_ms")
            .asLong(-1))
        .isNotNegative();
    assertThat(BRIDGE.pings).contains("{\"transaction_id\":\"start\"}");
  }

  @Test
  void ping_refusedOrByAnother_isTold() {
    Client bot = Bridges.client(nobody.base(), IRC);
    String ping = "/_matrix/client/v1/appservice/irc/ping";
    BRIDGE.answerPings(new FakeBridge.Reply(418, "tea"));

    Reply refused = bot.post(ping, "{}");
    BRIDGE.answerPings(FakeBridge.Reply.TAKEN);
    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.errcode()).isEqualTo("M_BAD_STATUS");
    assertThat(refused.json().path("status").asInt()).isEqualTo(418);
    assertThat(refused.json().path("body").asString()).isEqualTo("tea");
    assertThat(bot.post(ping.replace("irc", "slack"), "{}").errcode()).isEqualTo("M_FORBIDDEN");
    assertThat(nobody.register("carol").post(ping, "{}").errcode()).isEqualTo("M_FORBIDDEN");
    assertThat(nobody.post(ping, "{}").errcode()).isEqualTo("M_MISSING_TOKEN");
  }

  @Test
  void join_ghostThatIsNotInvited_isForbiddenUntilItIs() {
    Client bot = Bridges.client(nobody.base(), IRC);
    Client ghost = Bridges.ghost(bot, "irc_late");
    String room = bot.createRoom("{'preset':'private_chat'}");
    String join = Client.V3 + "/join/" + Client.encode(room);

    Reply refused = ghost.post(join, "{}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errcode()).isEqualTo("M_FORBIDDEN");
    bot.post(Client.V3 + Client.room(room, "/invite"), "{'user_id':'" + ghost.user() + "'}");
    assertThat(ghost.post(join, "{}").status()).isEqualTo(200);
  }

  @Test
  void send_sameTransactionAgain_isTheSameEvent() {
    Client bot = Bridges.client(nobody.base(), IRC);
    String send = Client.V3 + Client.room(bot.createRoom("{}"), "/send/m.room.message/lost");

    String first = bot.put(send, "{'body':'hi'}").text();
    assertThat(first).contains("event_id");
    assertThat(bot.put(send, "{'body':'hi'}").text()).isEqualTo(first);
    assertThat(bot.put(send + "2", "{'body':'hi'}").text()).isNotEqualTo(first);
  }

  @Test
  void knock_unknownAlias_isAskedFor() {
    Client dan = nobody.register("dan");
    Output told = Output.capture();
    try {
      dan.post(Client.V3 + "/knock/" + Client.encode("#irc_knocked:localhost"), "{}");
    } finally {
      told.release();
    }

    assertThat(BRIDGE.queries).contains("rooms/#irc_knocked:localhost");
    assertThat(told.entries())
        .singleElement()
        .asString()
        .contains("has not made what it was asked for");
  }

  @Test
  void list_ofANetwork_isReadByItsNameOrWithAllOthers() {
    Client bot = Bridges.client(nobody.base(), IRC);
    String room = bot.createRoom("{'name':'bridged'}");
    String list = Client.V3 + "/directory/list/appservice/oftc/" + Client.encode(room);
    Client alice = nobody.register("alice");

    assertThat(alice.put(list, "{'visibility':'public'}").errcode()).isEqualTo("M_FORBIDDEN");
    assertThat(bot.put(list, "{'visibility':'public'}").status()).isEqualTo(200);
    assertThat(found(alice, "{}")).doesNotContain(room);
    assertThat(found(alice, "{'third_party_instance_id':'irc|oftc'}")).contains(room);
    assertThat(found(alice, "{'third_party_instance_id':'irc|other'}")).doesNotContain(room);
    assertThat(found(alice, "{'include_all_networks':true}")).contains(room);
    bot.put(list, "{'visibility':'private'}");
    assertThat(found(alice, "{'include_all_networks':true}")).doesNotContain(room);
    assertThat(
            bot.put(list.replace(Client.encode(room), "!none:localhost"), "{}").errcode())
        .isEqualTo("M_NOT_FOUND");
  }

  private static String found(Client reader, String search) {
    return reader.post(Client.V3 + "/publicRooms", search).text();
  }
}
