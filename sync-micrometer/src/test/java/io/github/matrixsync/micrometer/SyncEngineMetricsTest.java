package io.github.matrixsync.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.model.Append;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncEngineMetricsTest {
  private static final UserId ALICE = UserId.parse("@a:h");
  private static final UserId BOB = UserId.parse("@b:h");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int MORE_THAN_THE_WINDOW = 100;

  private final MemoryEventStore events = MemoryEventStore.create();
  private final AtomicLong nanos = new AtomicLong();
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final SyncEngine engine = SyncEngine.builder(events)
      .presence(MemoryPresenceStore.create())
      .receipts(MemoryReceiptStore.create())
      .executor(Runnable::run)
      .scheduler(new StillScheduler())
      .polls(PollSettings.DEFAULT.withPerUser(2))
      .cacheBytes(20_000)
      .build();
  private final SyncEngineMetrics metrics = new SyncEngineMetrics(engine);
  private int count;

  /** A scheduler that never runs its tasks, so that the statistics do not depend on them. */
  private final class StillScheduler implements Scheduler {
    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
      return () -> {};
    }

    @Override
    public long nanoTime() {
      return nanos.get();
    }
  }

  @BeforeEach
  void bind() {
    metrics.bindTo(registry);
  }

  @AfterEach
  void close() {
    engine.close();
    events.close();
  }

  @Test
  void meters_ofAnEngine_haveTheDocumentedNamesAndTags() {
    Set<String> names = new TreeSet<>();
    registry.getMeters().forEach(meter -> names.add(meter.getId().getName() + tagKeys(meter)));

    assertThat(names)
        .containsExactlyInAnyOrder(
            "matrix.sync.healthy[]",
            "matrix.sync.polls.parked[]",
            "matrix.sync.polls.oldest[]",
            "matrix.sync.polls.begun[]",
            "matrix.sync.polls.refused[]",
            "matrix.sync.polls.woken[]",
            "matrix.sync.polls.woken.empty[]",
            "matrix.sync.window.events[]",
            "matrix.sync.window.size[]",
            "matrix.sync.window.positions[]",
            "matrix.sync.window.gets[result]",
            "matrix.sync.stream.position[stream]",
            "matrix.sync.stream.lag[stream]",
            "matrix.sync.snapshots.active[]",
            "matrix.sync.snapshots.runs[]",
            "matrix.sync.snapshots.shared[]",
            "matrix.sync.snapshots.refused[]",
            "matrix.sync.snapshots.size[]",
            "matrix.sync.events.damaged[]",
            "matrix.sync.store.calls[call]",
            "matrix.sync.store.calls.failed[call]",
            "matrix.sync.store.calls.active[call]",
            "matrix.sync.store.calls.longest[call]",
            "matrix.sync.cache.gets[cache, result]",
            "matrix.sync.cache.evictions[cache]",
            "matrix.sync.cache.entries[cache]",
            "matrix.sync.cache.size[cache]");
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
  }

  @Test
  void healthy_engineThatFollows_isOne() {
    assertThat(gauge("healthy")).isEqualTo(1);
  }

  @Test
  void healthy_storeThatLagsWithoutEnd_isZero() {
    SyncEngine stuck = SyncEngine.builder(events)
        .executor(task -> {})
        .scheduler(new StillScheduler())
        .build();
    SimpleMeterRegistry own = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    new SyncEngineMetrics(stuck).bindTo(own);
    message();
    next();
    assertThat(own.get("matrix.sync.healthy").gauge().value()).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    next();
    double[] healthy = new double[1];
    String logged =
        logged(() -> healthy[0] = own.get("matrix.sync.healthy").gauge().value());

    assertThat(healthy[0]).isZero();
    assertThat(logged).contains("stream rooms stalls");
    assertThat(own.get("matrix.sync.stream.lag").tag("stream", "rooms").gauge().value())
        .isEqualTo(1);
    stuck.close();
  }

  @Test
  void polls_ofAnEngine_areShown() {
    join(ALICE);
    StreamToken here = here();
    double begun = counter("polls.begun");
    park(ALICE, here);
    CompletableFuture<EventBatch> bobs = park(BOB, here);
    park(BOB, here);
    park(BOB, here);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    next();

    assertThat(gauge("polls.parked")).isEqualTo(3);
    assertThat(registry.get("matrix.sync.polls.oldest").timeGauge().value(TimeUnit.SECONDS))
        .isEqualTo(4);
    assertThat(counter("polls.begun") - begun).isEqualTo(4);
    assertThat(counter("polls.refused")).isEqualTo(1);
    message();
    bobs.cancel(false);
    next();

    assertThat(gauge("polls.parked")).isEqualTo(1);
    assertThat(counter("polls.woken")).isEqualTo(1);
    assertThat(counter("polls.woken.empty")).isZero();
  }

  @Test
  void window_ofAnEngine_isShown() {
    join(ALICE);
    for (int i = 0; i < MORE_THAN_THE_WINDOW; i++) {
      message();
    }
    StreamToken here = here();
    next();
    double hits = result("window.gets", "hit");
    double misses = result("window.gets", "miss");
    engine.stream(ALICE, here.withRoom(here.room() - 1), Duration.ZERO).join();
    engine.stream(ALICE, here.withRoom(0), Duration.ZERO).join();
    next();

    assertThat(gauge("window.events")).isBetween(2.0, MORE_THAN_THE_WINDOW - 1.0);
    assertThat(gauge("window.positions")).isEqualTo(gauge("window.events"));
    assertThat(gauge("window.size")).isGreaterThan(100);
    assertThat(find("window.size").gauge().getId().getBaseUnit()).isEqualTo("bytes");
    assertThat(result("window.gets", "hit") - hits).isEqualTo(1);
    assertThat(result("window.gets", "miss") - misses).isEqualTo(1);
  }

  @Test
  void streams_ofAnEngine_areShownEach() {
    message();
    next();

    assertThat(find("stream.position").tag("stream", "rooms").gauge().value()).isEqualTo(1);
    assertThat(find("stream.lag").tag("stream", "rooms").gauge().value()).isZero();
    assertThat(find("stream.position").meters())
        .extracting(meter -> meter.getId().getTag("stream"))
        .containsExactlyInAnyOrder("rooms", "presence", "receipts");
  }

  @Test
  void snapshots_ofAnEngine_areShown() {
    engine.initialSync(ALICE, 5);
    engine.initialSync(BOB, 5);
    next();

    assertThat(gauge("snapshots.active")).isZero();
    assertThat(counter("snapshots.runs")).isEqualTo(2);
    assertThat(counter("snapshots.shared")).isZero();
    assertThat(counter("snapshots.refused")).isZero();
    assertThat(gauge("snapshots.size")).isZero();
  }

  @Test
  void damagedEvents_ofAnEngine_areCounted() {
    events.append(List.of(Append.live(
        RoomEvent.builder(EventId.parse("$damaged"), RoomId.parse("!r:h"), ALICE, "m.room.message")
            .json(RawJson.of("{"))
            .build())));
    String logged =
        logged(() -> engine.stream(ALICE, here().withRoom(0), Duration.ZERO).join());

    assertThat(logged).contains("event $damaged of room !r:h is left out");
    assertThat(counter("events.damaged")).isEqualTo(1);
  }

  @Test
  void storeCalls_ofAnEngine_areShownEach() {
    message();
    message();
    next();

    assertThat(ofLog("store.calls").functionTimer().count()).isEqualTo(2);
    assertThat(ofLog("store.calls").functionTimer().totalTime(TimeUnit.SECONDS)).isZero();
    assertThat(ofLog("store.calls.failed").functionCounter().count()).isZero();
    assertThat(ofLog("store.calls.active").gauge().value()).isZero();
    assertThat(ofLog("store.calls.longest").timeGauge().value()).isZero();
    assertThat(find("store.calls").meters())
        .extracting(meter -> meter.getId().getTag("call"))
        .contains("events.state", "presence.changes", "receipts.current")
        .doesNotContain("typing.changes");
  }

  @Test
  void caches_ofAnEngine_areShownEach() {
    RoomEvent event = join(ALICE);
    engine.getEvent(ALICE, event.id());
    engine.getEvent(ALICE, event.id());
    next();

    assertThat(ofEncoded("cache.gets").tag("result", "hit").functionCounter().count())
        .isEqualTo(1);
    assertThat(ofEncoded("cache.gets").tag("result", "miss").functionCounter().count())
        .isEqualTo(1);
    assertThat(ofEncoded("cache.entries").gauge().value()).isEqualTo(1);
    assertThat(ofEncoded("cache.size").gauge().value()).isPositive();
    assertThat(ofEncoded("cache.evictions").functionCounter().count()).isZero();
  }

  @Test
  void meters_readTogether_lookAtTheEngineOnce() {
    park(ALICE, null);
    assertThat(gauge("polls.parked")).isZero();
    next();

    assertThat(gauge("polls.parked")).isEqualTo(1);
  }

  @Test
  void tags_ofTheHost_areOnEveryMeter() {
    SimpleMeterRegistry own = new SimpleMeterRegistry();
    new SyncEngineMetrics(engine, List.of(Tag.of("engine", "one"))).bindTo(own);

    assertThat(own.getMeters()).hasSameSizeAs(registry.getMeters());
    assertThat(own.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getTag("engine")).isEqualTo("one"));
  }

  @Test
  void close_metrics_takesTheMetersOut() {
    metrics.close();
    metrics.close();

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void engineClosed_meters_stayAsTheyWere() {
    park(ALICE, null);
    next();
    assertThat(gauge("polls.parked")).isEqualTo(1);
    engine.close();
    next();

    assertThat(gauge("polls.parked")).isEqualTo(1);
    assertThatThrownBy(() -> metrics.bindTo(new SimpleMeterRegistry()))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Returns what is logged during {@code work}. */
  private static String logged(Runnable work) {
    PrintStream standardError = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(standardError);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Advances the clock until the cached statistics expire. */
  private void next() {
    clock.add(Duration.ofSeconds(1));
  }

  private RequiredSearch find(String name) {
    return registry.get("matrix.sync." + name);
  }

  private RequiredSearch ofLog(String name) {
    return find(name).tag("call", "events.log");
  }

  private RequiredSearch ofEncoded(String name) {
    return find(name).tag("cache", "encoded_events");
  }

  private double gauge(String name) {
    return find(name).gauge().value();
  }

  private double counter(String name) {
    next();
    return find(name).functionCounter().count();
  }

  private double result(String name, String result) {
    return find(name).tag("result", result).functionCounter().count();
  }

  private static List<String> tagKeys(Meter meter) {
    return meter.getId().getTags().stream().map(Tag::getKey).toList();
  }

  private StreamToken here() {
    return engine.stream(BOB, null, Duration.ZERO).join().end();
  }

  private CompletableFuture<EventBatch> park(UserId user, @Nullable StreamToken from) {
    return engine.stream(user, from, LONG);
  }

  private RoomEvent join(UserId user) {
    return append(
        user, "m.room.member", "\"state_key\":\"" + user + "\",", "{\"membership\":\"join\"}");
  }

  private void message() {
    append(ALICE, "m.room.message", "", "{\"body\":\"hi\"}");
  }

  private RoomEvent append(UserId sender, String type, String more, String content) {
    String json = "{\"event_id\":\"$%d:h\",\"room_id\":\"!r:h\",\"sender\":\"%s\",\"type\":\"%s\","
            .formatted(count++, sender, type)
        + more + "\"origin_server_ts\":1,\"content\":" + content + "}";
    RoomEvent event = RoomEvents.parse(RawJson.of(json), Instant.EPOCH);
    events.append(List.of(Append.live(event)));
    return event;
  }
}
