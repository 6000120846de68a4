package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.encode;
import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import io.github.matrixsync.homeserver.registration.Registration;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Room aliases: their grammar, who may add and remove them, and the room's own events about them. */
class AliasesOverHttpTest extends ServerTest {
  private static final Registration IRC = Bridges.registration("irc", true, Optional.empty());
  private static final Registration LOG = Bridges.registration("log", false, Optional.empty());

  private Client alice = nobody;
  private Client bob = nobody;
  private Client irc = nobody;
  private String suffix = "";
  private String id = "";

  AliasesOverHttpTest() {
    super(IRC, LOG);
  }

  @BeforeEach
  void meet(TestInfo test) {
    suffix = Integer.toHexString(test.getDisplayName().hashCode());
    alice = nobody.register("alice." + suffix);
    bob = nobody.register("bob." + suffix);
    irc = Bridges.client(nobody.base(), IRC);
    id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
  }

  /** IRC channels have a # in their names, which bridges use in aliases. */
  @ParameterizedTest
  @ValueSource(strings = {"#chan", "irc.net_#chan", "##", "a[b]|c", "é中", "a/b", "a&b=c", "A.b~c"})
  void name_ofManyKinds_isTakenByBothRequests(String kind) {
    String name = kind + suffix;
    Reply made = alice.post("/createRoom", "{'room_alias_name':'" + name + "'}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.json().path("room_alias").asString()).isEqualTo("#" + name + ":localhost");
    assertThat(add(alice, path(name + "2")).status()).isEqualTo(200);

    assertThat(roomOf(name)).isEqualTo(made.json().path("room_id").asString());
    assertThat(roomOf(name + "2")).isEqualTo(id);
    assertThat(nobody
            .register("c" + suffix)
            .post("/join/" + encode(alias(name + "2")), "{}")
            .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a\\u0007b", "a\\nb", "a\\u0000b", "LONG"})
  void name_thatNoAliasCanHave_isRefusedByBothRequests(String escaped) {
    String name = escaped.replace("LONG", "x".repeat(250));
    Reply made = alice.post("/createRoom", "{'room_alias_name':'" + name + "'}");
    String real = Client.MAPPER.readTree("\"" + name + "\"").asString();
    for (Reply refused : new Reply[] {made, add(alice, path(real))}) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(400);
      assertThat(refused.errcode()).isEqualTo("M_INVALID_PARAM");
    }
  }

  @Test
  void alias_byWhoMayNotSendAliases_isRefused() {
    String path = path(suffix);
    assertThat(add(nobody.register("out" + suffix), path).status())
        .as("not in the room")
        .isEqualTo(403);
    assertThat(add(bob, path).status()).as("no power").isEqualTo(403);
    assertThat(aliases()).isEmpty();

    assertThat(add(alice, path).status()).isEqualTo(200);
    assertThat(add(alice, path).status()).as("taken").isEqualTo(409);
    assertThat(aliases()).containsExactly(alias(suffix));
  }

  @Test
  void alias_isTakenByWhoGaveItAndByPower() {
    String alias = path("a" + suffix);
    add(alice, alias);
    assertThat(bob.send("DELETE", alias, "").status()).as("no power").isEqualTo(403);
    assertThat(alice.send("DELETE", alias, "").status()).isEqualTo(200);
    assertThat(aliases()).isEmpty();
    assertThat(nobody.get(alias).status()).isEqualTo(404);
    assertThat(alice.send("DELETE", alias, "").status()).isEqualTo(404);

    setLevel(bob, 50);
    add(bob, alias);
    setLevel(bob, 0);
    assertThat(bob.send("DELETE", alias, "").status()).as("their own").isEqualTo(200);
    setLevel(bob, 50);
    add(alice, alias);
    assertThat(bob.send("DELETE", alias, "").status()).as("power").isEqualTo(200);
  }

  private void setLevel(Client of, int level) {
    String levels = "{'users':{'" + alice.user() + "':100,'" + of.user() + "':" + level + "}}";
    Reply set = alice.send("PUT", room(id, "/state/m.room.power_levels"), levels);
    assertThat(set.status()).as(set.text()).isEqualTo(200);
  }

  @Test
  void alias_severalAtOnce_roomIsToldOfAll() {
    byte[] body = ("{\"room_id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    List<CompletableFuture<Reply>> named = IntStream.range(0, 20)
        .mapToObj(i -> alice.later("PUT", path("many" + i), body))
        .toList();
    assertThat(named).allMatch(reply -> reply.join().status() == 200);
    assertThat(aliases()).hasSize(20);
  }

  /** As bridges do: the room is a user's, and its alias is in the bridge's namespace. */
  @Test
  void alias_byAServiceThatIsNotInTheRoom_isOneOfItsNamespace() {
    String own = path("irc_#chan" + suffix);
    String free = path("free" + suffix);
    String from = "&from=" + bob.get("/events?timeout=0").json().path("end").asString();
    assertThat(add(irc, own).status()).isEqualTo(200);
    assertThat(add(irc, free).status()).as("nobody reserved it").isEqualTo(403);
    JsonNode told = bob.get("/events?timeout=30000" + from).json().path("chunk").path(0);
    assertThat(told.path("type").asString()).isEqualTo("m.room.aliases");
    assertThat(told.path("user_id").asString()).isEqualTo("@ircbot:localhost");
    assertThat(aliases()).containsExactly(alias("irc_#chan" + suffix));
    assertThat(irc.send("DELETE", own, "").status()).isEqualTo(200);
    assertThat(aliases()).isEmpty();
    add(alice, path("alices" + suffix));
    assertThat(irc.send("DELETE", path("alices" + suffix), "").status()).isEqualTo(403);
    Client log = Bridges.client(nobody.base(), LOG);
    assertThat(add(log, own).errcode()).as("another's").isEqualTo("M_EXCLUSIVE");
  }

  @Test
  void alias_ofAnExclusiveNamespace_isForItsServiceOnly() {
    String path = path("irc_" + suffix);
    String name = "{'room_alias_name':'irc_" + suffix + "'}";
    assertThat(alice.post("/createRoom", name).errcode()).isEqualTo("M_EXCLUSIVE");
    Reply refused = add(alice, path);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errcode()).isEqualTo("M_EXCLUSIVE");

    Reply made = irc.post("/createRoom", name);
    assertThat(made.json().path("room_alias").asString()).isEqualTo(alias("irc_" + suffix));
    assertThat(alice.get(path).json().path("room_id")).isEqualTo(made.json().path("room_id"));
    assertThat(alice.send("DELETE", path, "").errcode()).isEqualTo("M_EXCLUSIVE");
    assertThat(irc.send("DELETE", path, "").status()).isEqualTo(200);
    assertThat(
            irc.post("/createRoom", "{'room_alias_name':'other" + suffix + "'}").status())
        .as("nobody reserved it")
        .isEqualTo(200);
    assertThat(alice.post("/createRoom", name.replace("irc", "log")).status()).isEqualTo(200);
  }

  @Test
  void canonicalAlias_mustBeTheRooms_andGoesWithItsAlias() {
    String canonical = room(id, "/state/m.room.canonical_alias");
    String other = alice.createRoom("{'room_alias_name':'other" + suffix + "'}");
    assertThat(other).isNotEmpty();
    add(alice, path(suffix));
    for (String bad : new String[] {
      "'" + alias("no" + suffix) + "'",
      "'" + alias("other" + suffix) + "'",
      "'#a:elsewhere'",
      "'x'",
      "5"
    }) {
      assertThat(alice.put(canonical, "{'alias':" + bad + "}").status()).as(bad).isEqualTo(400);
    }
    assertThat(alice.put(canonical, "{'alias':'" + alias(suffix) + "','x':1}").status())
        .isEqualTo(200);
    assertThat(bob.put(canonical, "{}").status()).as("without power").isEqualTo(403);

    assertThat(alice.send("DELETE", path(suffix), "").status()).isEqualTo(200);

    assertThat(alice.get(canonical).text()).isEqualTo("{\"x\":1}");
    for (String none : new String[] {"{}", "{'alias':null}", "{'alias':''}"}) {
      assertThat(alice.put(canonical, none).status()).isEqualTo(200);
    }
  }

  @Test
  void canonicalAlias_ofANewRoom_isTheOneThatItGets() {
    String initial = "{'room_alias_name':'new" + suffix + "','initial_state':[{'type':"
        + "'m.room.canonical_alias','content':{'alias':'" + alias("NAME" + suffix) + "'}}]}";
    assertThat(alice.post("/createRoom", initial.replace("NAME", "old")).status())
        .isEqualTo(400);
    assertThat(nobody.get(path("new" + suffix)).status()).as("nothing was made").isEqualTo(404);
    assertThat(alice.post("/createRoom", initial.replace("NAME", "new")).status())
        .isEqualTo(200);
  }

  @Test
  void aliasesEvent_ofAnotherServerOrNone_isRefused() {
    for (String key : new String[] {"", "/elsewhere", "/" + encode("@x:localhost")}) {
      Reply refused = alice.put(room(id, "/state/m.room.aliases" + key), "{'aliases':[]}");
      assertThat(refused.status()).as(key).isEqualTo(403);
    }
    assertThat(alice.post(room(id, "/send/m.room.aliases"), "{'aliases':[]}").status())
        .isEqualTo(403);
    assertThat(alice
            .put(room(id, "/state/m.room.aliases/localhost"), "{'aliases':[]}")
            .status())
        .isEqualTo(200);
    assertThat(alice
            .post(
                "/createRoom",
                "{'initial_state':[{'type':'m.room.aliases','state_key':'elsewhere','content':{}}]}")
            .status())
        .isEqualTo(403);
  }

  @Test
  void publicRooms_guestAccess_isSaid() {
    String open = alice.createRoom("{'visibility':'public','initial_state':"
        + "[{'type':'m.room.guest_access','content':{'guest_access':'can_join'}}]}");
    String closed = alice.createRoom("{'visibility':'public'}");
    for (JsonNode entry : nobody.get("/publicRooms").json().path("chunk")) {
      String room = entry.path("room_id").asString();
      assertThat(entry.path("guest_can_join").isBoolean()).isTrue();
      if (room.equals(open) || room.equals(closed)) {
        assertThat(entry.path("guest_can_join").asBoolean()).isEqualTo(room.equals(open));
      }
    }
    assertThat(nobody.get("/publicRooms").text()).contains(open, closed);
  }

  private Reply add(Client client, String path) {
    return client.put(path, "{'room_id':'" + id + "'}");
  }

  private static String alias(String name) {
    return "#" + name + ":localhost";
  }

  private static String path(String name) {
    return "/directory/room/" + encode(alias(name));
  }

  private String roomOf(String name) {
    return nobody.get(path(name)).json().path("room_id").asString();
  }

  private List<String> aliases() {
    return alice
        .get(room(id, "/state/m.room.aliases/localhost"))
        .json()
        .path("aliases")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }
}
