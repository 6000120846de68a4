package io.github.matrixsync.micrometer;

import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.operation.EngineStatistics.CacheUse;
import io.github.matrixsync.operation.EngineStatistics.StoreCallTimes;
import io.github.matrixsync.operation.EngineStatistics.StreamLag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The meters of one engine in one registry. Thread-safe. */
final class Meters {
  private static final String PREFIX = "matrix.sync.";

  private final MeterRegistry registry;
  private final Latest latest;
  private final Tags common;
  private final List<Meter> all = new CopyOnWriteArrayList<>();

  Meters(MeterRegistry registry, Latest latest, List<Tag> common) {
    this.registry = registry;
    this.latest = latest;
    this.common = Tags.of(common);
  }

  void register() {
    all.add(Gauge.builder(PREFIX + "healthy", latest, l -> l.health().isHealthy() ? 1 : 0)
        .description("1 if the engine follows its stores, else 0")
        .tags(common)
        .strongReference(true)
        .register(registry));
    registerPolls();
    registerWindow();
    registerSnapshots();
    registerDamage();
    EngineStatistics now = latest.statistics();
    for (int i = 0; i < now.streams().size(); i++) {
      register(i, now.streams().get(i));
    }
    for (int i = 0; i < now.storeCalls().size(); i++) {
      register(i, now.storeCalls().get(i));
    }
    for (int i = 0; i < now.caches().size(); i++) {
      register(i, now.caches().get(i));
    }
  }

  void remove() {
    all.forEach(registry::remove);
  }

  private void registerPolls() {
    gauge("polls.parked", "polls that have begun and not ended", s -> s.polls().parked());
    time(
        "polls.oldest",
        "how long ago the oldest poll began",
        Tags.empty(),
        s -> s.polls().oldest());
    counter("polls.begun", "polls", s -> s.polls().begun());
    counter("polls.refused", "polls beyond a bound", s -> s.polls().refused());
    counter("polls.woken", "polls woken because something came", s -> s.polls().woken());
    counter(
        "polls.woken.empty", "woken polls that found nothing", s -> s.polls().wokenForNothing());
  }

  private void registerWindow() {
    gauge("window.events", "events in the window", s -> s.window().events());
    bytes(
        "window.size",
        "JSON in the window, encodings included",
        Tags.empty(),
        s -> s.window().bytes());
    gauge(
        "window.positions",
        "positions that the window spans",
        s -> s.window().upTo() - s.window().after());
    gets(
        "window.gets",
        "looks of polls",
        Tags.empty(),
        s -> s.window().hits(),
        s -> s.window().misses());
  }

  private void registerDamage() {
    counter("events.damaged", "events left out of answers", s -> s.damagedEvents());
  }

  private void registerSnapshots() {
    gauge("snapshots.active", "snapshots being taken", s -> s.snapshots().inFlight());
    counter("snapshots.runs", "snapshots taken", s -> s.snapshots().runs());
    counter("snapshots.shared", "requests that shared one", s -> s.snapshots().shared());
    counter(
        "snapshots.refused", "snapshots beyond the bound", s -> s.snapshots().refused());
    bytes(
        "snapshots.size", "what they refer to", Tags.empty(), s -> s.snapshots().bytes());
  }

  /** Registers a stream; the order of an engine's streams does not change. */
  private void register(int place, StreamLag stream) {
    Tags tags = Tags.of("stream", stream.stream());
    gauge(
        "stream.position",
        "up to where it is followed",
        tags,
        s -> s.streams().get(place).published());
    gauge(
        "stream.lag",
        "positions behind the store",
        tags,
        s -> s.streams().get(place).lag());
  }

  /** Registers a method of a store; the order of an engine's store calls does not change. */
  private void register(int place, StoreCallTimes call) {
    Tags tags = Tags.of("call", call.call());
    all.add(FunctionTimer.builder(
            PREFIX + "store.calls",
            latest,
            l -> ended(l.statistics().storeCalls().get(place)),
            l -> l.statistics().storeCalls().get(place).total().toNanos(),
            TimeUnit.NANOSECONDS)
        .description("calls that ended")
        .tags(common.and(tags))
        .register(registry));
    counter(
        "store.calls.failed",
        "calls that failed",
        tags,
        s -> s.storeCalls().get(place).failed());
    gauge(
        "store.calls.active",
        "calls that have not ended",
        tags,
        s -> s.storeCalls().get(place).running());
    time(
        "store.calls.longest",
        "the longest call ever",
        tags,
        s -> s.storeCalls().get(place).longest());
  }

  private static long ended(StoreCallTimes call) {
    return call.returned() + call.failed();
  }

  /** Registers a cache; the order of an engine's caches does not change. */
  private void register(int place, CacheUse cache) {
    Tags tags = Tags.of("cache", cache.cache());
    gets(
        "cache.gets",
        "requests to a cache",
        tags,
        s -> s.caches().get(place).hits(),
        s -> s.caches().get(place).misses());
    counter(
        "cache.evictions",
        "entries that had to go",
        tags,
        s -> s.caches().get(place).evictions());
    gauge("cache.entries", "entries", tags, s -> s.caches().get(place).entries());
    bytes("cache.size", "bytes of the entries", tags, s -> s.caches().get(place).bytes());
  }

  private void gauge(String name, String what, ToDoubleFunction<EngineStatistics> value) {
    gauge(name, what, Tags.empty(), value);
  }

  private void gauge(
      String name, String what, Tags tags, ToDoubleFunction<EngineStatistics> value) {
    all.add(gaugeOf(name, what, tags, value).register(registry));
  }

  private void bytes(
      String name, String what, Tags tags, ToDoubleFunction<EngineStatistics> value) {
    all.add(gaugeOf(name, what, tags, value).baseUnit("bytes").register(registry));
  }

  private Gauge.Builder<Latest> gaugeOf(
      String name, String what, Tags tags, ToDoubleFunction<EngineStatistics> value) {
    return Gauge.builder(PREFIX + name, latest, l -> value.applyAsDouble(l.statistics()))
        .description(what)
        .tags(common.and(tags))
        .strongReference(true);
  }

  private void time(
      String name, String what, Tags tags, Function<EngineStatistics, Duration> value) {
    all.add(TimeGauge.builder(
            PREFIX + name,
            latest,
            TimeUnit.NANOSECONDS,
            l -> value.apply(l.statistics()).toNanos())
        .description(what)
        .tags(common.and(tags))
        .strongReference(true)
        .register(registry));
  }

  private void counter(String name, String what, ToLongFunction<EngineStatistics> value) {
    counter(name, what, Tags.empty(), value);
  }

  private void counter(
      String name, String what, Tags tags, ToLongFunction<EngineStatistics> value) {
    all.add(FunctionCounter.builder(PREFIX + name, latest, l -> value.applyAsLong(l.statistics()))
        .description(what)
        .tags(common.and(tags))
        .register(registry));
  }

  private void gets(
      String name,
      String what,
      Tags tags,
      ToLongFunction<EngineStatistics> hits,
      ToLongFunction<EngineStatistics> misses) {
    counter(name, what, tags.and("result", "hit"), hits);
    counter(name, what, tags.and("result", "miss"), misses);
  }
}
