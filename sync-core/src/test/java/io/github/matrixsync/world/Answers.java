package io.github.matrixsync.world;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the answers of one engine as bytes. Thread-safe. */
public final class Answers {
  private final RestEdge edge;

  public Answers(SyncEngine engine) {
    edge = RestEdge.of(engine);
  }

  public String initialSync(UserId user, int limit) {
    return initialSync(user, limit, EventForm.V1);
  }

  public String initialSync(UserId user, int limit, EventForm form) {
    return get("/initialSync", Map.of("limit", Integer.toString(limit)), user, form);
  }

  public String roomInitialSync(UserId user, RoomId room, int limit, EventForm form) {
    return get(
        "/rooms/" + room + "/initialSync", Map.of("limit", Integer.toString(limit)), user, form);
  }

  public String event(UserId user, EventId id, EventForm form) {
    return get("/events/" + id, Map.of(), user, form);
  }

  public String messages(UserId user, RoomId room, int limit) {
    return get(
        "/rooms/" + room + "/messages",
        Map.of("limit", Integer.toString(limit), "dir", "b"),
        user,
        EventForm.V1);
  }

  private String get(String path, Map<String, String> query, UserId user, EventForm form) {
    Map<String, List<String>> parameters = new HashMap<>();
    query.forEach((name, value) -> parameters.put(name, List.of(value)));
    RestResponse answer =
        edge.get(new RestRequest(path, parameters, user, form)).orElseThrow().join();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      answer.writeTo(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (answer.length() != body.size()) {
      throw new AssertionError(answer.length() + " bytes announced, got " + body.size());
    }
    return answer.status() + " " + body.toString(StandardCharsets.UTF_8);
  }
}
