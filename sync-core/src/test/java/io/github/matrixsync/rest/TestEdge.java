package io.github.matrixsync.rest;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** An edge with a fake engine. */
final class TestEdge {
  static final UserId ALICE = UserId.parse("@alice:h");

  final FakeEngine engine = new FakeEngine();
  final AtomicLong nanos = new AtomicLong();
  final RestEdge edge;

  TestEdge() {
    this(RestSettings.DEFAULT);
  }

  TestEdge(RestSettings settings) {
    edge = RestEdge.of(engine, settings, nanos::get);
  }

  /** Returns the answer to a request whose fake call completes at once. */
  Reply get(String path, String... namesAndValues) {
    CompletableFuture<RestResponse> answer = begin(path, namesAndValues);
    if (!answer.isDone()) {
      throw new AssertionError("no answer yet");
    }
    return Reply.of(answer.join());
  }

  /** Returns the future answer to a request of alice's; a name may come several times. */
  CompletableFuture<RestResponse> begin(String path, String... namesAndValues) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query
          .computeIfAbsent(namesAndValues[i], name -> new ArrayList<>())
          .add(namesAndValues[i + 1]);
    }
    return begin(path, query);
  }

  CompletableFuture<RestResponse> begin(String path, Map<String, List<String>> query) {
    return edge.get(new RestRequest(path, query, ALICE)).orElseThrow();
  }

  /** Returns the answer to a request in the form of r0. */
  Reply getR0(String path, String... namesAndValues) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query
          .computeIfAbsent(namesAndValues[i], name -> new ArrayList<>())
          .add(namesAndValues[i + 1]);
    }
    RestRequest request = new RestRequest(path, query, ALICE, EventForm.R0);
    return Reply.of(edge.get(request).orElseThrow().join());
  }

  /** Returns the answer to a POST request in the form of r0. */
  Reply post(String path, String body) {
    RestRequest request = new RestRequest(path, Map.of(), ALICE, EventForm.R0);
    return Reply.of(edge.post(request, RawJson.of(body)).orElseThrow().join());
  }

  boolean knows(String path) {
    return edge.get(new RestRequest(path, Map.of(), ALICE)).isPresent();
  }
}
