package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.V3;
import static io.github.matrixsync.examples.homeserver.Client.encode;
import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Unread counts by the user's push rules, in answers of {@code /sync}. */
class UnreadCountsOverHttpTest extends ServerTest {
  private static final String BY_THREAD =
      "filter=" + encode("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

  private int sent;

  private static JsonNode sync(Client client, String query) {
    Reply reply = client.get(V3 + "/sync?" + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private String send(Client client, String room, String type, String content) {
    String path = room(room, "/send/" + type + "/" + sent++);
    return client.put(V3 + path, content).json().path("event_id").asString();
  }

  private String say(Client client, String room, String body) {
    return send(client, room, "m.room.message", "{'msgtype':'m.text','body':'" + body + "'}");
  }

  private String reply(Client client, String room, String root, String more) {
    return send(
        client,
        room,
        "m.room.message",
        "{'msgtype':'m.text','body':'reply','m.relates_to':{'rel_type':'m.thread','event_id':'"
            + root + "'}" + more + "}");
  }

  private static void read(Client client, String room, String event, String body) {
    Reply reply = client.post(V3 + room(room, "/receipt/m.read/" + encode(event)), body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  /** Returns the notifications and highlights of a room, followed by those of each thread. */
  private static String unread(JsonNode answer, String room) {
    JsonNode joined = answer.at("/rooms/join").path(room);
    StringBuilder text = new StringBuilder(counts(joined.path("unread_notifications")));
    joined
        .path("unread_thread_notifications")
        .propertyStream()
        .forEach(thread ->
            text.append(' ').append(thread.getKey()).append(' ').append(counts(thread.getValue())));
    return text.toString();
  }

  private static String counts(JsonNode counts) {
    return counts.path("notification_count") + "/" + counts.path("highlight_count");
  }

  private static String together(Client client, String room) {
    return unread(sync(client, ""), room);
  }

  private static String byThread(Client client, String room) {
    return unread(sync(client, BY_THREAD), room);
  }

  @Test
  @DisplayName("Complement TestThreadedReceipts")
  void counts_ofAThreadAndTheMainTimeline_followReceipts() {
    Client ann = nobody.register("ann");
    Client ben = nobody.register("ben");
    String room = ann.createRoom("{'preset':'public_chat'}");
    ben.post(V3 + "/join/" + encode(room), "");
    String a = say(ann, room, "root");
    String since = sync(ben, "").path("next_batch").asString();
    String b = reply(ann, room, a, "");
    say(ann, room, "hello ben");
    String d = reply(ann, room, a, ",'m.mentions':{'user_ids':['" + ben.user() + "']}");
    say(ann, room, "main");
    send(
        ann,
        room,
        "m.reaction",
        "{'m.relates_to':{'rel_type':'m.annotation','event_id':'" + a + "','key':'x'}}");
    String g = reply(ann, room, a, "");

    assertThat(unread(sync(ben, "since=" + since), room)).isEqualTo("6/2");
    assertThat(byThread(ben, room)).isEqualTo("3/1 " + a + " 3/1");
    assertThat(together(ann, room)).isEqualTo("0/0");

    since = sync(ben, "").path("next_batch").asString();
    read(ben, room, a, "{'thread_id':'main'}");
    assertThat(unread(sync(ben, "since=" + since), room)).isEqualTo("5/2");
    assertThat(byThread(ben, room)).isEqualTo("2/1 " + a + " 3/1");

    read(ben, room, b, "{'thread_id':'" + a + "'}");
    assertThat(together(ben, room)).isEqualTo("4/2");
    assertThat(byThread(ben, room)).isEqualTo("2/1 " + a + " 2/1");

    read(ben, room, d, "{}");
    assertThat(together(ben, room)).isEqualTo("2/0");
    assertThat(byThread(ben, room)).isEqualTo("1/0 " + a + " 1/0");

    read(ben, room, g, "{'thread_id':'" + a + "'}");
    assertThat(together(ben, room)).isEqualTo("1/0");
    assertThat(byThread(ben, room)).isEqualTo("1/0");
  }

  @Test
  void counts_changedByAnEvent_areInTheAnswerWithTheEvent() {
    Client cat = nobody.register("cat");
    Client dan = nobody.register("dan");
    String room = cat.createRoom("{'preset':'public_chat'}");
    dan.post(V3 + "/join/" + encode(room), "");
    String since = sync(dan, "").path("next_batch").asString();
    String path = V3 + "/sync?timeout=30000&since=" + since;
    CompletableFuture<Reply> poll = dan.later("GET", path, new byte[0]);
    awaitParked(server, 1);

    String message = say(cat, room, "one");
    assertThat(unread(poll.join().json(), room)).isEqualTo("1/0");

    String read = poll.join().json().path("next_batch").asString();
    CompletableFuture<Reply> next =
        dan.later("GET", V3 + "/sync?timeout=30000&since=" + read, new byte[0]);
    awaitParked(server, 1);
    read(dan, room, message, "{}");
    assertThat(unread(next.join().json(), room)).isEqualTo("0/0");
  }

  @Test
  void counts_ofAUserWhoJoinsLaterLeavesOrIgnores_haveOnlyVisibleEvents() {
    Client eve = nobody.register("eve");
    Client fay = nobody.register("fay");
    String room = eve.createRoom("{'preset':'public_chat'}");
    say(eve, room, "before");
    fay.post(V3 + "/join/" + encode(room), "");
    assertThat(together(fay, room)).isEqualTo("0/0");
    String first = say(eve, room, "one");
    say(eve, room, "two");
    assertThat(together(fay, room)).isEqualTo("2/0");

    eve.put(V3 + room(room, "/redact/" + encode(first) + "/r"), "{}");
    assertThat(together(fay, room)).isEqualTo("1/0");

    String data = "/user/" + fay.user() + "/account_data/m.ignored_user_list";
    fay.put(V3 + data, "{'ignored_users':{'" + eve.user() + "':{}}}");
    assertThat(together(fay, room)).isEqualTo("0/0");
    fay.put(V3 + data, "{'ignored_users':{}}");
    assertThat(together(fay, room)).isEqualTo("1/0");

    fay.post(V3 + room(room, "/leave"), "");
    fay.post(V3 + "/join/" + encode(room), "");
    assertThat(together(fay, room)).isEqualTo("0/0");
  }

  @Test
  void counts_afterRulesChange_followTheNewRules() {
    Client gil = nobody.register("gil");
    Client hal = nobody.register("hal");
    String room = gil.createRoom("{'preset':'public_chat'}");
    hal.post(V3 + "/join/" + encode(room), "");
    say(gil, room, "hello hal");
    assertThat(together(hal, room)).isEqualTo("1/1");

    String rule = V3 + "/pushrules/global/content/.m.rule.contains_user_name/enabled";
    hal.put(rule, "{'enabled':false}");
    assertThat(together(hal, room)).isEqualTo("1/0");

    hal.put(V3 + "/pushrules/global/room/" + encode(room), "{'actions':[]}");
    assertThat(together(hal, room)).isEqualTo("0/0");
  }
}
