package io.github.matrixsync.visibility;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.store.model.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the engine with the oracle a few times during one random history: all answers to every user about every
 * event. Confined to one thread.
 */
final class HistoryCheck {
  private static final int STEPS = 2;
  private static final int EVENTS_A_STEP = 15;
  static final int EVENTS = STEPS * EVENTS_A_STEP;
  private static final int ALL_IN_MEMORY = 10_000;

  private final long seed;
  private final CellCoverage coverage;
  private final RandomHistory history;
  private final Map<String, ParkedViewer> listeners = new LinkedHashMap<>();
  private final Map<ServiceSpecOracle, ParkedViewer> services = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  HistoryCheck(long seed, CellCoverage coverage) {
    this.seed = seed;
    this.coverage = coverage;
    this.history = new RandomHistory(seed);
  }

  /** Returns the differences. */
  List<String> run() {
    SyncEngine engine = start();
    listen(engine);
    for (int step = 0; step < STEPS && problems.isEmpty(); step++) {
      long before = history.store.watermark();
      history.goOn(EVENTS_A_STEP);
      listeners.forEach((viewer, listener) -> checkReceived(viewer, listener, before));
      services.forEach((service, listener) -> checkReceived(service, listener, before));
      history.settle();
      if (seed % 3 == 2) {
        engine.close();
        engine = start();
        listen(engine);
      }
      for (String viewer : RandomHistory.VIEWERS) {
        check(engine, viewer);
      }
      for (ServiceSpecOracle service : ServiceSpecOracle.ALL) {
        check(engine, service);
      }
      coverage.countOthers(history.chronicle, history.store.watermark());
    }
    history.open();
    for (String viewer : RandomHistory.VIEWERS) {
      checkPeeks(
          new SpecOracle(history.chronicle, history.store.watermark()),
          answers(engine, viewer),
          viewer,
          0);
    }
    engine.close();
    history.store.close();
    return problems;
  }

  /**
   * Starts an engine with a window for all events, or for the last few, or starts it anew each time, with an empty
   * window.
   */
  private SyncEngine start() {
    return SmallLimits.window(seed % 3 == 1 ? 6 : ALL_IN_MEMORY, SyncEngine.builder(history.store))
        .settings(history.settings)
        .directory(history.directory)
        .executor(Runnable::run)
        .scheduler(new NoTime())
        .clock(() -> EventWriter.NOW)
        .build();
  }

  private void listen(SyncEngine engine) {
    for (String viewer : RandomHistory.VIEWERS) {
      listeners.put(
          viewer,
          new ParkedViewer(engine, viewer, StreamOptions.DEFAULT, history.store.watermark()));
    }
    for (ServiceSpecOracle service : ServiceSpecOracle.ALL) {
      StreamOptions options = StreamOptions.DEFAULT.withService(EventWriter.namespaces(service));
      services.put(
          service, new ParkedViewer(engine, service.sender(), options, history.store.watermark()));
    }
  }

  private void checkReceived(String viewer, ParkedViewer listener, long before) {
    SpecOracle oracle = new SpecOracle(history.chronicle, history.store.watermark());
    compare(viewer, "waiting", oracle.due(viewer, before), listener.received());
  }

  private void checkReceived(ServiceSpecOracle service, ParkedViewer listener, long before) {
    SpecOracle oracle = new SpecOracle(history.chronicle, history.store.watermark());
    compare(
        service.sender(),
        service + " waiting",
        service.due(history.chronicle, oracle, before),
        listener.received());
  }

  private void check(SyncEngine engine, ServiceSpecOracle service) {
    long now = history.store.watermark();
    long after = history.random((int) now + 1);
    int limit = 1 + history.random(9);
    compare(
        service.sender(),
        service + " after " + after,
        service.stream(history.chronicle, new SpecOracle(history.chronicle, now), after),
        answers(engine, service.sender())
            .service(EventWriter.namespaces(service), after, now, limit));
  }

  private ViewerAnswers answers(SyncEngine engine, String viewer) {
    return new ViewerAnswers(engine, viewer, history.random(2) == 0 ? EventForm.V1 : EventForm.R0);
  }

  private void check(SyncEngine engine, String viewer) {
    long now = history.store.watermark();
    SpecOracle oracle = new SpecOracle(history.chronicle, now);
    ViewerAnswers answers = answers(engine, viewer);
    for (Fact fact : history.chronicle.known()) {
      String expected = oracle.byId(viewer, fact);
      compare(viewer, fact, expected, answers.byId(fact.id()));
      coverage.count(history.chronicle, viewer, fact, now, expected);
    }
    long after = history.random((int) now + 1);
    int limit = 1 + history.random(9);
    compare(
        viewer,
        "stream after " + after,
        oracle.stream(viewer, after),
        answers.stream(after, now, limit));
    checkPeeks(oracle, answers, viewer, after);
    RandomHistory.ROOMS.forEach(room -> checkRoom(oracle, answers, viewer, room));
    compare(
        viewer,
        "snapshot",
        oracle.snapshot(viewer, RandomHistory.ROOMS, limit),
        answers.snapshot(limit));
  }

  private void checkPeeks(SpecOracle oracle, ViewerAnswers answers, String viewer, long after) {
    long now = history.store.watermark();
    for (String room : RandomHistory.ROOMS) {
      var peek = oracle.peek(viewer, room, after);
      int limit = 1 + history.random(9);
      compare(viewer, "peek " + room, peek, answers.peek(room, after, now, limit));
      coverage.countPeek(history.chronicle, new CellCoverage.Peek(viewer, room, after, peek), now);
    }
  }

  private void checkRoom(SpecOracle oracle, ViewerAnswers answers, String viewer, String room) {
    int limit = 1 + history.random(9);
    var page = oracle.page(viewer, room);
    compare(viewer, "back in " + room, page, answers.page(room, Direction.BACKWARD, limit));
    compare(viewer, "forth in " + room, page, answers.page(room, Direction.FORWARD, limit));
    compare(
        viewer,
        "snapshot of " + room,
        oracle.roomSnapshot(viewer, room, limit),
        answers.roomSnapshot(room, limit));
  }

  private void compare(String viewer, Object what, Object expected, Object received) {
    coverage.compared();
    if (!expected.equals(received)) {
      problems.add("seed %d, %s, %s%n expected %s%n received    %s"
          .formatted(seed, viewer, what, expected, received));
    }
  }
}
