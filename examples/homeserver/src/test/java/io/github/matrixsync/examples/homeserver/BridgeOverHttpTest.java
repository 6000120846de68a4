package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.FakeBridge.Push;
import io.github.matrixsync.examples.homeserver.FakeBridge.Reply;
import io.github.matrixsync.homeserver.registration.Registration;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

/** A bridge that gets events and queries from the server. */
class BridgeOverHttpTest extends ServerTest {
  private static final FakeBridge BRIDGE = new FakeBridge("irc");
  private static final Registration IRC =
      Bridges.registration("irc", true, Optional.of(BRIDGE.url()));
  private static final Registration GONE =
      Bridges.registration("gone", true, Optional.of(URI.create("http://127.0.0.1:1")));

  private final Output output = Output.capture();
  private Client irc = nobody;
  private Client alice = nobody;
  private Client ghost = nobody;
  private String suffix = "";
  private String id = "";

  BridgeOverHttpTest() {
    super(IRC, GONE);
  }

  @AfterAll
  @Override
  void close() {
    super.close();
    BRIDGE.close();
    output.release();
    assertThat(output.entries())
        .isNotEmpty()
        .allMatch(entry -> entry.contains(" takes no events: ")
            || entry.endsWith(" takes events again")
            || entry.contains(" has not made what it was asked for: "));
  }

  /** Creates Alice's room with a ghost, and waits until the bridge has got its events. */
  @BeforeEach
  void meet(TestInfo test) throws InterruptedException {
    BRIDGE.takeAll();
    suffix = Integer.toHexString(test.getDisplayName().hashCode());
    irc =
        Bridges.client(nobody.base(), Bridges.registration("irc", true, Optional.of(BRIDGE.url())));
    alice = nobody.register("alice." + suffix);
    ghost = Bridges.ghost(irc, "irc_ghost." + suffix);
    id = alice.createRoom("{'preset':'public_chat'}");
    alice.post(room(id, "/send/m.room.message"), "{'body':'before'}");
    alice.post(room(id, "/invite"), "{'user_id':'" + ghost.user() + "'}");
    ghost.post("/join/" + id, "{}");
    BRIDGE.answer(query -> new Reply(404, "{}"));
    assertThat(memberships(BRIDGE.events(id, 2))).containsExactly("invite", "join");
  }

  @Test
  void push_manyMessages_comeInOrderEachOnceInTheFormsOfTodayAndOfV1() throws InterruptedException {
    List<String> said = IntStream.range(0, 70).mapToObj(i -> "message " + i).toList();
    said.forEach(body -> alice.post(room(id, "/send/m.room.message"), "{'body':'" + body + "'}"));

    List<JsonNode> events = BRIDGE.events(id, said.size());

    assertThat(bodies(events)).isEqualTo(said);
    assertThat(events).allSatisfy(event -> {
      assertThat(event.propertyNames())
          .contains("event_id", "room_id", "user_id", "type", "content", "origin_server_ts");
      assertThat(event.path("sender").asString()).isEqualTo(alice.user());
      assertThat(event.at("/unsigned/age").asLong(-1)).isNotNegative();
      assertThat(event.path("user_id").asString()).isEqualTo(alice.user());
      assertThat(event.path("room_id").asString()).isEqualTo(id);
      assertThat(event.path("age").asLong(-1)).isNotNegative();
    });
  }

  @Test
  void push_backlog_comesInBoundedTransactionsOfDifferentIds() throws InterruptedException {
    BRIDGE.answerNext(new Reply(500, ""));
    say("first");
    Push refused = BRIDGE.next();
    IntStream.range(0, 70).forEach(i -> say("more " + i));

    assertThat(BRIDGE.next()).isEqualTo(refused);
    int more = 0;
    String last = refused.id();
    while (more < 70) {
      Push push = BRIDGE.next();
      assertThat(push.events()).hasSizeBetween(1, 20);
      assertThat(Long.parseLong(push.id())).isGreaterThan(Long.parseLong(last));
      last = push.id();
      more += push.events().size();
    }
    assertThat(more).isEqualTo(70);
  }

  @Test
  void push_refused_comesAgainAsItWasBeforeAnythingElseAndIsToldOnce() throws Exception {
    Output told = Output.capture();
    try {
      BRIDGE.answerNext(
          new Reply(500, ""), new Reply(200, "{\"errcode\":\"M_FORBIDDEN\"}"), new Reply(302, ""));
      say("one");
      Push first = BRIDGE.next();
      say("two");

      assertThat(BRIDGE.next()).isEqualTo(first);
      assertThat(BRIDGE.next()).isEqualTo(first);
      assertThat(BRIDGE.next()).isEqualTo(first);
      Push second = BRIDGE.next();
      assertThat(bodies(first.events())).containsExactly("one");
      assertThat(bodies(second.events())).containsExactly("two");
      assertThat(second.id()).isNotEqualTo(first.id());
    } finally {
      told.release();
    }
    assertThat(told.entries().stream().filter(entry -> entry.contains(" irc ")))
        .satisfiesExactly(
            line -> assertThat(line).contains("WARN", "takes no events", "status 500"),
            line -> assertThat(line).contains("WARN", "takes events again"));
  }

  @Test
  void push_manyWritersAndABridgeThatStumbles_isTheServicesStream() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String from = irc.get("/events?timeout=0").json().path("end").asString();
    BRIDGE.taken.clear();
    BRIDGE.answerNext(Stream.generate(() -> random.nextInt(3))
        .limit(20)
        .map(dice -> dice == 0 ? new Reply(503, "") : Reply.TAKEN)
        .toArray(Reply[]::new));

    CompletableFuture.allOf(IntStream.range(0, 4)
            .mapToObj(i -> talk(nobody.register("w" + i + "." + suffix), 25))
            .toArray(CompletableFuture<?>[]::new))
        .join();

    List<String> stream = new ArrayList<>();
    for (JsonNode page = page(from); !page.path("chunk").isEmpty(); page = page(from)) {
      stream.addAll(roomEvents(page.path("chunk").valueStream()));
      from = page.path("end").asString();
    }
    assertThat(stream).hasSize(4 * (1 + 25));
    List<String> taken = new ArrayList<>();
    while (taken.size() < stream.size()) {
      Push push = BRIDGE.taken.poll(30, TimeUnit.SECONDS);
      assertThat(push).as("a transaction, seed " + seed).isNotNull();
      taken.addAll(roomEvents(push.events().stream()));
    }
    assertThat(taken).as("seed " + seed).isEqualTo(stream);
  }

  private JsonNode page(String from) {
    return irc.get("/events?timeout=0&limit=7&from=" + from).json();
  }

  private List<String> roomEvents(Stream<JsonNode> events) {
    return events
        .filter(event -> event.path("room_id").asString().equals(id))
        .map(event -> event.path("event_id").asString())
        .toList();
  }

  /** Joins and sends {@code messages}, one after the other. */
  private CompletableFuture<?> talk(Client writer, int messages) {
    CompletableFuture<?> done = writer.later("POST", "/join/" + id, new byte[0]);
    byte[] body = "{\"body\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < messages; i++) {
      done = done.thenCompose(sent -> writer.later("POST", room(id, "/send/m.room.message"), body));
    }
    return done;
  }

  @Test
  void push_polls_doNotMakeTheSenderLookPresent() {
    ghost.post(room(id, "/invite"), "{'user_id':'" + irc.user() + "'}");
    irc.post("/join/" + id, "{}");
    assertThat(alice.get("/presence/" + irc.user() + "/status").text()).contains("\"offline\"");
  }

  @Test
  void invite_unknownGhost_isMadeBeforeTheInvite() {
    String name = "irc_new." + suffix;
    String user = "@" + name + ":localhost";
    BRIDGE.answer(query -> {
      Client made = Bridges.ghost(irc, name);
      made.put("/profile/" + user + "/displayname", "{'displayname':'New'}");
      return new Reply(200, "{}");
    });

    assertThat(alice.post(room(id, "/invite"), "{'user_id':'" + user + "'}").status())
        .isEqualTo(200);

    assertThat(BRIDGE.queries.poll()).isEqualTo("users/" + user);
    JsonNode member = alice.get(room(id, "/state/m.room.member/" + user)).json();
    assertThat(member.path("displayname").asString()).isEqualTo("New");
    alice.post(room(alice.createRoom("{}"), "/invite"), "{'user_id':'" + user + "'}");
    assertThat(BRIDGE.queries).as("it is known now").isEmpty();
  }

  @Test
  void invite_inEachWay_asksForWhomItNames() {
    String user = "@irc_each." + suffix + ":localhost";
    alice.createRoom("{'invite':['" + user + "']}");
    assertThat(BRIDGE.queries.poll()).isEqualTo("users/" + user);
    String member = room(id, "/state/m.room.member/" + user);
    alice.put(member, "{'membership':'ban'}");
    assertThat(BRIDGE.queries).isEmpty();
    alice.put(member, "{'membership':'invite'}");
    assertThat(BRIDGE.queries.poll()).isEqualTo("users/" + user);
  }

  @Test
  void invite_ofOthersOrByTheBridgeOrNobody_asksNothing() {
    String invite = room(id, "/invite");
    String user = "@irc_none." + suffix + ":localhost";
    nobody.post(invite, "{'user_id':'" + user + "'}");
    ghost.post(invite, "{'user_id':'" + user + "'}");
    alice.post(invite, "{'user_id':'@other:localhost'}");
    alice.post(invite, "{'user_id':'@irc_x:example.org'}");
    alice.post(invite, "{'user_id':'@irc_x'}");
    alice.post(invite, "{}");
    assertThat(BRIDGE.queries).isEmpty();
  }

  @Test
  void invite_ghostOfABridgeThatIsGone_isSentAllTheSame() {
    String user = "@gone_ghost." + suffix + ":localhost";
    assertThat(alice.post(room(id, "/invite"), "{'user_id':'" + user + "'}").status())
        .isEqualTo(200);
  }

  @Test
  void join_unknownAlias_isOfTheRoomThatTheBridgeMakes() {
    String name = "irc_room." + suffix;
    BRIDGE.answer(query -> {
      irc.post("/createRoom", "{'room_alias_name':'" + name + "','preset':'public_chat'}");
      return new Reply(200, "{}");
    });

    String alias = Client.encode("#" + name + ":localhost");
    String joined = alice.post("/join/" + alias, "{}").json().path("room_id").asString();

    assertThat(BRIDGE.queries.poll()).isEqualTo("rooms/#" + name + ":localhost");
    assertThat(alice.get(room(joined, "/state/m.room.member/" + irc.user())).text())
        .contains("\"join\"");
    alice.get("/directory/room/" + alias);
    assertThat(BRIDGE.queries).as("it is known now").isEmpty();
  }

  @Test
  void alias_thatTheBridgeDoesNotMake_isNotFound() {
    String alias = "#irc_nothing." + suffix + ":localhost";
    Reply[] replies = {new Reply(404, "{}"), new Reply(200, "{}"), new Reply(500, "")};
    for (Reply reply : replies) {
      BRIDGE.answer(query -> reply);
      assertThat(alice.get("/directory/room/" + Client.encode(alias)).errcode())
          .isEqualTo("M_NOT_FOUND");
      assertThat(BRIDGE.queries.poll()).isEqualTo("rooms/" + alias);
    }
  }

  private void say(String body) {
    alice.post(room(id, "/send/m.room.message"), "{'body':'" + body + "'}");
  }

  private static List<String> bodies(List<JsonNode> events) {
    return events.stream().map(event -> event.at("/content/body").asString()).toList();
  }

  private static List<String> memberships(List<JsonNode> events) {
    return events.stream()
        .map(event -> event.at("/content/membership").asString())
        .toList();
  }
}
