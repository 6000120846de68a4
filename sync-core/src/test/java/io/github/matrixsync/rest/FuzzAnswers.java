package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The allowed answers: the statuses and errcodes of each endpoint, and the keys of its bodies. */
enum FuzzAnswers {
  EVENTS(
      "/events",
      Set.of("start", "end", "chunk"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "403 M_FORBIDDEN"),
  INITIAL_SYNC(
      "/initialSync",
      Set.of("account_data", "end", "presence", "receipts", "rooms"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM"),
  EVENT(
      "/events/[^/]*",
      Set.of("type", "event_id", "room_id", "origin_server_ts", "content"),
      "400 M_UNKNOWN",
      "404 M_NOT_FOUND"),
  ROOM_INITIAL_SYNC(
      "/rooms/[^/]*/initialSync",
      Set.of("room_id", "visibility", "presence", "receipts"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "403 M_FORBIDDEN"),
  MESSAGES(
      "/rooms/[^/]*/messages",
      Set.of("chunk", "start"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "400 M_NOT_JSON",
      "403 M_FORBIDDEN"),
  SYNC(
      "/sync",
      Set.of("next_batch", "rooms", "presence", "account_data"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "400 M_NOT_JSON",
      "403 M_FORBIDDEN"),
  CONTEXT(
      "/rooms/[^/]*/context/[^/]*",
      Set.of("event", "events_before", "events_after", "start", "end", "state"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "400 M_NOT_JSON",
      "404 M_NOT_FOUND"),
  ROOM_EVENT(
      "/rooms/[^/]*/event/[^/]*",
      Set.of("type", "event_id", "room_id", "origin_server_ts", "content"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "404 M_NOT_FOUND"),
  STATE("/rooms/[^/]*/state", Set.of(), "400 M_UNKNOWN", "400 M_INVALID_PARAM", "403 M_FORBIDDEN"),
  STATE_ENTRY(
      "/rooms/[^/]*/state/[^/]*(/[^/]*)?",
      Set.of(),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "403 M_FORBIDDEN",
      "404 M_NOT_FOUND"),
  MEMBERS(
      "/rooms/[^/]*/members",
      Set.of("chunk"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "403 M_FORBIDDEN"),
  JOINED_MEMBERS(
      "/rooms/[^/]*/joined_members",
      Set.of("joined"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "403 M_FORBIDDEN"),
  JOINED_ROOMS("/joined_rooms", Set.of("joined_rooms")),
  FILTER(
      "/user/[^/]*/filter/[^/]*",
      Set.of(),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "403 M_FORBIDDEN",
      "404 M_NOT_FOUND"),
  NEW_FILTER(
      "/user/[^/]*/filter",
      Set.of("filter_id"),
      "400 M_UNKNOWN",
      "400 M_INVALID_PARAM",
      "400 M_NOT_JSON",
      "400 M_BAD_JSON",
      "403 M_FORBIDDEN",
      "413 M_TOO_LARGE");

  private static final Pattern POLL =
      Pattern.compile("\\{\"start\":\"([^\"]*)\",\"end\":\"([^\"]*)\",\"chunk\":(\\[]})?");
  private static final Pattern REFUSAL =
      Pattern.compile("\\{\"errcode\":\"(\\w+)\",\"error\":.*", Pattern.DOTALL);

  private final Pattern path;
  private final Set<String> keys;
  private final Set<String> refusals;

  FuzzAnswers(String path, Set<String> keys, String... refusals) {
    this.path = Pattern.compile(path);
    this.keys = keys;
    this.refusals = Set.of(refusals);
  }

  private static final Set<FuzzAnswers> OF_ALL_FORMS =
      EnumSet.of(EVENTS, INITIAL_SYNC, EVENT, ROOM_INITIAL_SYNC, MESSAGES);

  /** Returns the endpoint of a path in a form, if there is one. */
  static Optional<FuzzAnswers> at(String path, EventForm form) {
    for (FuzzAnswers endpoint : values()) {
      if (endpoint.path.matcher(path).matches()
          && (form != EventForm.V1 || OF_ALL_FORMS.contains(endpoint))) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }

  /** Returns the body of an answer. */
  static byte[] written(RestResponse response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(response.length()));
    try {
      response.writeTo(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(out.size()).isEqualTo(Math.toIntExact(response.length()));
    return out.toByteArray();
  }

  /** Checks an answer of this endpoint, and returns its status and errcode. */
  String check(int status, byte[] body) {
    if (status == 200 && this == STATE) {
      assertThat(body).startsWith('[').endsWith(']');
      return "200";
    }
    List<String> there = JsonText.keys(body);
    if (status == 200) {
      assertThat(there).containsAll(keys).doesNotHaveDuplicates();
      if (this == EVENTS) {
        checkProgress(new String(body, StandardCharsets.UTF_8));
      }
      return "200";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    assertThat(there).containsExactly("errcode", "error");
    assertThat(text).doesNotContain("Exception", "java.", "\\tat");
    Matcher refusal = REFUSAL.matcher(text);
    assertThat(refusal.matches()).isTrue();
    String code = status + " " + refusal.group(1);
    assertThat(code).isIn(refusals);
    return code;
  }

  private static void checkProgress(String body) {
    Matcher poll = POLL.matcher(body);
    assertThat(poll.lookingAt()).isTrue();
    StreamToken start = StreamToken.parse(poll.group(1));
    StreamToken end = StreamToken.parse(poll.group(2));
    assertThat(start.isAheadOf(end)).isFalse();
    assertThat(poll.group(3) != null || end.isAheadOf(start)).isTrue();
  }
}
