package io.github.matrixsync.law;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of a writer who redacts against readers who make all kinds of requests. Each event has a unique secret in its
 * content. An answer must not contain a secret whose redaction was appended before the request, nor one whose redaction
 * it contains.
 */
final class RedactionRace {
  private static final RoomId ROOM = World.room("r");
  private static final UserId USER = World.user("a");
  private static final Duration FOREVER = Duration.ofHours(1);
  private static final int KINDS = 5;
  private static final Pattern SECRET = Pattern.compile("secret-(\\d+)");
  private static final Pattern NAMED = Pattern.compile("names-(\\d+)");

  private final Random random;
  private final int events;
  private final AppendableEventStore store;
  private final World world;
  private final SyncEngine engine;
  private final List<EventId> ids = new ArrayList<>(); // guarded by itself
  private final Map<Integer, Integer> redactions = new ConcurrentHashMap<>();
  private final AtomicInteger redacted = new AtomicInteger();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong prunedSeen = new AtomicLong();
  private final List<String> problems = new ArrayList<>(); // guarded by itself
  private volatile boolean over;

  /**
   * Prepares a run.
   *
   * @param store the store that the writer appends to
   * @param read the same store as the engine reads it
   * @param window the maximum number of events in the engine's window
   */
  RedactionRace(long seed, int events, AppendableEventStore store, EventStore read, int window) {
    this.random = new Random(seed);
    this.events = events;
    this.store = store;
    this.world = new World(store);
    this.engine = SmallLimits.window(window, SyncEngine.builder(read))
        .clock(() -> World.NOW)
        .build();
  }

  /** Returns the failures. */
  List<String> run() throws InterruptedException {
    world.create(ROOM, USER, "shared");
    write();
    engine.stream(USER, StreamToken.of(0, 0, 0), FOREVER).whenComplete(waits(0));
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Random own = new Random(random.nextLong());
      readers.add(new Thread(() -> readOn(own)));
    }
    readers.forEach(Thread::start);
    for (int i = 0; i < events; i++) {
      write();
    }
    over = true;
    for (Thread reader : readers) {
      reader.join();
    }
    engine.close();
    return problems;
  }

  long answers() {
    return answers.get();
  }

  long prunedSeen() {
    return prunedSeen.get();
  }

  int redacted() {
    return redacted.get();
  }

  /** Appends a message or a topic, then perhaps the redaction of an event, which may be a redaction itself. */
  private void write() {
    int number = known();
    String content = "{\"body\":\"secret-" + number + "\"}";
    boolean state = random.nextInt(3) == 0;
    append(
        world.event(
            ROOM,
            USER,
            state ? "m.room.topic" : "m.room.message",
            state ? "\"state_key\":\"\"," : "",
            content),
        false);
    if (random.nextInt(2) == 0) {
      int target = Math.max(0, number - random.nextInt(random.nextBoolean() ? 4 : 40));
      redact(number + 1, target);
    }
  }

  private void redact(int number, int target) {
    String redacts = "\"redacts\":\"" + id(target) + "\",";
    String reason =
        "{" + redacts + "\"reason\":\"secret-" + number + "\",\"why\":\"names-" + target + "\"}";
    append(world.event(ROOM, USER, "m.room.redaction", redacts, reason), random.nextInt(6) == 0);
    if (redactions.putIfAbsent(target, redacted.get()) == null) {
      redacted.incrementAndGet();
    }
    for (int kind = 0; kind < KINDS; kind++) {
      check(kind, random);
    }
  }

  private void append(RoomEvent event, boolean past) {
    synchronized (ids) {
      ids.add(event.id());
    }
    store.append(List.of(
        past ? Append.backfill(event, Optional.of(HistoryVisibility.SHARED)) : Append.live(event)));
  }

  private int known() {
    synchronized (ids) {
      return ids.size();
    }
  }

  private EventId id(int number) {
    synchronized (ids) {
      return ids.get(number);
    }
  }

  private void readOn(Random own) {
    try {
      do {
        check(own.nextInt(KINDS), own);
      } while (!over);
    } catch (RuntimeException | AssertionError e) {
      report("a reader failed: " + e);
    }
  }

  /** Makes one request, and checks each list of the answer for secrets that were redacted before. */
  private void check(int kind, Random own) {
    int before = redacted.get();
    ask(kind, own).forEach(answer -> check(before, answer));
  }

  /** Returns the parts of an answer that are read at once. */
  private List<List<ClientEvent>> ask(int kind, Random own) {
    return switch (kind) {
      case 0 -> {
        long from = Math.max(0, store.watermark() - own.nextInt(60));
        StreamToken token = StreamToken.of(from, 0, 0);
        yield List.of(engine.stream(USER, token, Duration.ZERO).join().chunk());
      }
      case 1 -> {
        RoomSnapshot room = engine.initialSync(USER, 20).rooms().get(0);
        yield List.of(room.state(), room.messages().orElseThrow().chunk());
      }
      case 2 ->
        List.of(engine.messages(USER, ROOM, MessagesOptions.backward(30)).chunk());
      case 3 -> {
        RoomSnapshot room = engine.roomInitialSync(USER, ROOM, 10).room();
        yield List.of(room.state(), room.messages().orElseThrow().chunk());
      }
      default -> {
        EventId any = id(Math.max(0, known() - 1 - own.nextInt(10)));
        yield List.of(engine.getEvent(USER, any).stream().toList());
      }
    };
  }

  /** Checks the answer of a parked poll, and polls again. */
  private BiConsumer<@Nullable EventBatch, @Nullable Throwable> waits(int before) {
    return (batch, failure) -> {
      if (batch == null) {
        report("a poll failed: " + failure);
        return;
      }
      check(before, batch.chunk());
      if (!batch.chunk().isEmpty()) {
        int next = redacted.get();
        try {
          engine.stream(USER, batch.end(), FOREVER).whenCompleteAsync(waits(next));
        } catch (IllegalStateException e) {
          if (!over) {
            report("a poll was refused: " + e);
          }
        }
      }
    };
  }

  /** Checks an answer for secrets that were redacted before the request, or by events in it. */
  private void check(int before, List<ClientEvent> answer) {
    answers.incrementAndGet();
    StringBuilder text = new StringBuilder();
    answer.forEach(event -> text.append(event.json()));
    Set<Integer> named = numbers(NAMED, text);
    for (int secret : numbers(SECRET, text)) {
      if (redactions.getOrDefault(secret, Integer.MAX_VALUE) < before) {
        report("event " + secret + " was shown though it had been redacted before the question");
      }
      if (named.contains(secret)) {
        report("event " + secret + " was shown in one answer with its redaction");
      }
    }
    if (text.indexOf("\"redacted_because\"") >= 0) {
      prunedSeen.incrementAndGet();
    }
  }

  private static Set<Integer> numbers(Pattern what, CharSequence text) {
    return what.matcher(text)
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .collect(Collectors.toSet());
  }

  private void report(String what) {
    synchronized (problems) {
      problems.add(what);
    }
  }
}
