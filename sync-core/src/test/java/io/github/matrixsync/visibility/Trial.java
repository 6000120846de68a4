package io.github.matrixsync.visibility;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.store.model.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One random history, held against the sentences a few times on its way: all answers to every user about every event.
 * Confined to one thread.
 */
final class Trial {
  private static final int STEPS = 2;
  private static final int EVENTS_A_STEP = 15;
  static final int EVENTS = STEPS * EVENTS_A_STEP;
  private static final int ALL_IN_MEMORY = 10_000;

  private final long seed;
  private final Hits hits;
  private final RandomHistory history;
  private final Map<String, Listener> listeners = new LinkedHashMap<>();
  private final Map<ServiceSentences, Listener> services = new LinkedHashMap<>();
  private final List<String> trouble = new ArrayList<>();

  Trial(long seed, Hits hits) {
    this.seed = seed;
    this.hits = hits;
    this.history = new RandomHistory(seed);
  }

  /** Returns what was answered otherwise than the sentences say; nothing if all is well. */
  List<String> run() {
    SyncEngine engine = start();
    listen(engine);
    for (int step = 0; step < STEPS && trouble.isEmpty(); step++) {
      long before = history.store.watermark();
      history.goOn(EVENTS_A_STEP);
      listeners.forEach((viewer, listener) -> checkHeard(viewer, listener, before));
      services.forEach((service, listener) -> checkHeard(service, listener, before));
      history.settle();
      if (seed % 3 == 2) {
        engine.close();
        engine = start();
        listen(engine);
      }
      for (String viewer : RandomHistory.VIEWERS) {
        check(engine, viewer);
      }
      for (ServiceSentences service : ServiceSentences.ALL) {
        check(engine, service);
      }
      hits.countOthers(history.chronicle, history.store.watermark());
    }
    history.open();
    for (String viewer : RandomHistory.VIEWERS) {
      checkPeeks(
          new Sentences(history.chronicle, history.store.watermark()),
          hearing(engine, viewer),
          viewer,
          0);
    }
    engine.close();
    history.store.close();
    return trouble;
  }

  /**
   * Starts an engine that remembers all that comes, or the last few events, or, being started anew each time, nothing.
   */
  private SyncEngine start() {
    return SyncEngine.builder(history.store)
        .settings(history.settings)
        .directory(history.directory)
        .executor(Runnable::run)
        .scheduler(new NoTime())
        .clock(() -> Scribe.NOW)
        .window(seed % 3 == 1 ? 6 : ALL_IN_MEMORY, 1 << 20)
        .build();
  }

  private void listen(SyncEngine engine) {
    for (String viewer : RandomHistory.VIEWERS) {
      listeners.put(
          viewer, new Listener(engine, viewer, StreamOptions.DEFAULT, history.store.watermark()));
    }
    for (ServiceSentences service : ServiceSentences.ALL) {
      StreamOptions options = StreamOptions.DEFAULT.withService(Scribe.namespaces(service));
      services.put(
          service, new Listener(engine, service.sender(), options, history.store.watermark()));
    }
  }

  private void checkHeard(String viewer, Listener listener, long before) {
    Sentences sentences = new Sentences(history.chronicle, history.store.watermark());
    compare(viewer, "waiting", sentences.due(viewer, before), listener.heard());
  }

  private void checkHeard(ServiceSentences service, Listener listener, long before) {
    Sentences sentences = new Sentences(history.chronicle, history.store.watermark());
    compare(
        service.sender(),
        service + " waiting",
        service.due(history.chronicle, sentences, before),
        listener.heard());
  }

  private void check(SyncEngine engine, ServiceSentences service) {
    long now = history.store.watermark();
    long after = history.random((int) now + 1);
    int limit = 1 + history.random(9);
    compare(
        service.sender(),
        service + " after " + after,
        service.stream(history.chronicle, new Sentences(history.chronicle, now), after),
        hearing(engine, service.sender()).service(Scribe.namespaces(service), after, now, limit));
  }

  private Hearing hearing(SyncEngine engine, String viewer) {
    return new Hearing(engine, viewer, history.random(2) == 0 ? EventForm.V1 : EventForm.R0);
  }

  private void check(SyncEngine engine, String viewer) {
    long now = history.store.watermark();
    Sentences sentences = new Sentences(history.chronicle, now);
    Hearing hearing = hearing(engine, viewer);
    for (Fact fact : history.chronicle.known()) {
      String expected = sentences.byId(viewer, fact);
      compare(viewer, fact, expected, hearing.byId(fact.id()));
      hits.count(history.chronicle, viewer, fact, now, expected);
    }
    long after = history.random((int) now + 1);
    int limit = 1 + history.random(9);
    compare(
        viewer,
        "stream after " + after,
        sentences.stream(viewer, after),
        hearing.stream(after, now, limit));
    checkPeeks(sentences, hearing, viewer, after);
    RandomHistory.ROOMS.forEach(room -> checkRoom(sentences, hearing, viewer, room));
    compare(
        viewer,
        "snapshot",
        sentences.snapshot(viewer, RandomHistory.ROOMS, limit),
        hearing.snapshot(limit));
  }

  private void checkPeeks(Sentences sentences, Hearing hearing, String viewer, long after) {
    long now = history.store.watermark();
    for (String room : RandomHistory.ROOMS) {
      var peek = sentences.peek(viewer, room, after);
      int limit = 1 + history.random(9);
      compare(viewer, "peek " + room, peek, hearing.peek(room, after, now, limit));
      hits.countPeek(history.chronicle, viewer, room, after, now, peek);
    }
  }

  private void checkRoom(Sentences sentences, Hearing hearing, String viewer, String room) {
    int limit = 1 + history.random(9);
    var page = sentences.page(viewer, room);
    compare(viewer, "back in " + room, page, hearing.page(room, Direction.BACKWARD, limit));
    compare(viewer, "forth in " + room, page, hearing.page(room, Direction.FORWARD, limit));
    compare(
        viewer,
        "snapshot of " + room,
        sentences.roomSnapshot(viewer, room, limit),
        hearing.roomSnapshot(room, limit));
  }

  private void compare(String viewer, Object what, Object expected, Object heard) {
    hits.compared();
    if (!expected.equals(heard)) {
      trouble.add("seed %d, %s, %s%n expected %s%n heard    %s"
          .formatted(seed, viewer, what, expected, heard));
    }
  }
}
