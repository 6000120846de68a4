package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.encode;
import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The content of an event is returned byte for byte in every answer. */
class ContentOverHttpTest extends ServerTest {
  /** The test's parser does not accept this room's state. */
  private static final Pattern END = Pattern.compile("\"end\":\"([^\"]*)\"");

  private Client alice = nobody;
  private Client bob = nobody;
  private String id = "";

  @BeforeAll
  void meet() {
    alice = nobody.register("alice");
    bob = nobody.register("bob");
    id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
  }

  static Stream<Arguments> contents() {
    return Stream.of(
        content("numbers", "{\"a\":1e400,\"b\":1.0,\"c\":-0,\"d\":-0.0,\"e\":1E+2,\"f\":0.10}"),
        content("blanks", "{ \"a\" : [ 1 ,\t2 ],\n\"b\":\r\n{ } }"),
        content("members twice", "{\"d\":1,\"d\":{\"x\":1,\"x\":2},\"d\":3}"),
        content("lone surrogates", "{\"\\ud800\":\"\\udfff\",\"a\":{\"\\udc00x\":[\"\\ud83d\"]}}"),
        content("escapes", "{\"\\u00e9\":\"\\/\\\"\\\\\\u0000\",\"é\":\"日本 😀\"}"),
        content("an event's members", "{\"sender\":\"@x:y\",\"event_id\":\"$z\",\"age\":5}"),
        content("a number of 5,000 digits", "{\"a\":" + "7".repeat(5_000) + "}"),
        content("a name of 60 KB", "{\"" + "n".repeat(60_000) + "\":1}"),
        content("a string of 60 KB", "{\"a\":\"" + "s".repeat(60_000) + "\"}"),
        content("900 levels", "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}"));
  }

  private static Arguments content(String name, String json) {
    return Arguments.of(name, json);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void message_anyContent_comesBackAsItWas(String name, String json) {
    String now = now();
    comesBack(json, now, send("POST", room(id, "/send/x.message"), json));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void state_anyContent_comesBackAsItWas(String name, String json) {
    String now = now();
    String entry = room(id, "/state/x.state/" + encode(name));
    Reply sent = send("PUT", entry, json);
    comesBack(json, now, sent);
    assertSame(bob.get(entry).text(), json);
    assertContains(bob.get(room(id, "/state")).text(), json);
    assertThat(send("PUT", entry, json).text()).isEqualTo(sent.text());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void initialState_anyContent_comesBackAsItWas(String name, String json) {
    String body = "{\"initial_state\":[{\"content\":{}, \"type\":\"x.a\", \"content\" : " + json
        + " },{\"type\":\"x.b\",\"content\":{}}],\"name\":\"n\"}";
    String made = send("POST", "/createRoom", body).json().path("room_id").asString();
    assertSame(alice.get(room(made, "/state/x.a")).text(), json);
    assertSame(alice.get(room(made, "/state/x.b")).text(), "{}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"a":1,"b":{}}     | { "b" : {}, "a":1 }  | yes
      {"a":"é"}          | {"a":"\\u00e9"}      | yes
      {"a":1e400}        | {"a":1e401}          | no
      {"a":0.1}          | {"a":0.10000000000000000000001} | no
      {"\\ud800":1}      | {"\\ud801":1}        | no
      {"\\ud800":1}      | {"\\ufffd":1}        | no
      {"\\ud800":1}      | {"\\ud800":1}        | yes
      {"a":"\\ud800"}    | {"a":"\\ud801"}      | no
      {"a":1}            | {"a":"1"}            | no
      """)
  void state_saidInOtherWords_isTheSame(String first, String second, String same) {
    String entry = room(id, "/state/x.same");
    send("PUT", entry, "{}");
    String old = send("PUT", entry, first).text();
    assertThat(send("PUT", entry, second).text().equals(old)).isEqualTo(same.equals("yes"));
  }

  @Test
  void tag_numbers_staySo() {
    String tags = "/user/" + alice.user() + "/rooms/" + encode(id) + "/tags";
    send("PUT", tags + "/x", "{\"order\":1e400,\"other\":0.10}");
    assertThat(alice.get(tags).text())
        .isEqualTo("{\"tags\":{\"x\":{\"order\":1E+400,\"other\":0.10}}}");
  }

  private void comesBack(String json, String now, Reply sent) {
    String member = "\"content\":" + json;
    String event = sent.json().path("event_id").asString();
    assertContains(bob.get("/events/" + encode(event)).text(), member);
    assertContains(bob.get("/events?timeout=0&from=" + now).text(), member);
    assertContains(bob.get("/initialSync?limit=1").text(), member);
    assertContains(bob.get(room(id, "/initialSync?limit=1")).text(), member);
    assertContains(bob.get(room(id, "/messages?dir=b&limit=1")).text(), member);
  }

  private String now() {
    Matcher end = END.matcher(bob.get("/initialSync?limit=0").text());
    assertThat(end.find()).isTrue();
    return end.group(1);
  }

  private Reply send(String method, String path, String json) {
    Reply reply =
        alice.later(method, path, json.getBytes(StandardCharsets.UTF_8)).join();
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply;
  }

  private static void assertContains(String text, String part) {
    assertThat(text.contains(part)).as(shortened(text)).isTrue();
  }

  private static void assertSame(String text, String json) {
    assertThat(text.equals(json)).as(shortened(text)).isTrue();
  }

  private static String shortened(String text) {
    return text.length() > 2_000 ? text.substring(0, 2_000) : text;
  }
}
