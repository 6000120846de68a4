package io.github.matrixsync.store.tck.rules.writer;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs concurrent writers of random batches, some delayed and some rolled back, and observers that read meanwhile. The
 * seed gives what each writer does, not how they interleave. Used by one test; its threads share it.
 */
public final class WriterRace {
  static final int WRITERS = 3;
  static final int BATCHES = 40;
  static final int MAX_BATCH = 4;
  private static final int MAX_DELAY_NANOS = 200_000;

  /** Reads repeatedly while the writers write, and once more afterwards. */
  interface Observer {
    /** Reads once. */
    void look();
  }

  private final WriterFixture subject;
  private final boolean sameEvents;
  private final long seed = System.nanoTime();
  private final AtomicInteger writing = new AtomicInteger(WRITERS);
  private final List<Observer> observers = new ArrayList<>();
  private final List<List<Long>> positions = new ArrayList<>();
  private final Map<EventId, Long> filled = new ConcurrentHashMap<>();
  private final Queue<String> disagreements = new ConcurrentLinkedQueue<>();
  private final Queue<String> uncovered = new ConcurrentLinkedQueue<>();
  private final Queue<List<Long>> batches = new ConcurrentLinkedQueue<>();

  private WriterRace(WriterFixture subject, boolean sameEvents) {
    this.subject = subject;
    this.sameEvents = sameEvents;
  }

  /** Returns a race of writers with events of their own. */
  public static WriterRace of(WriterFixture subject) {
    return new WriterRace(subject, false);
  }

  /** Returns a race of writers that all write the same batches. */
  public static WriterRace ofTheSameEvents(WriterFixture subject) {
    return new WriterRace(subject, true);
  }

  /** Adds an observer; has no effect once the race runs. */
  public <O extends Observer> O watchedBy(O observer) {
    observers.add(observer);
    return observer;
  }

  long seed() {
    return seed;
  }

  /** Runs all threads to their end; no writer begins before every observer has read once. */
  public void run() {
    CountDownLatch watched = new CountDownLatch(observers.size());
    List<Callable<Void>> threads = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      List<Long> own = new ArrayList<>();
      positions.add(own);
      threads.add(() -> write(number, own, watched));
    }
    observers.forEach(observer -> threads.add(() -> observe(observer, watched)));
    Threads.all(threads);
  }

  /** Returns the name of an event; a short batch does not have all of them. */
  String name(int writer, int batch, int index) {
    return "race-" + (sameEvents ? 0 : writer) + "-" + batch + "-" + index;
  }

  /** Returns each event's position. */
  public Map<EventId, Long> filled() {
    return filled;
  }

  /** Returns each writer's positions, in the order in which it wrote. */
  List<List<Long>> positions() {
    return positions;
  }

  /** Returns the events that were given several positions. */
  public Collection<String> disagreements() {
    return disagreements;
  }

  /** Returns the writes that returned before the watermark covered them. */
  Collection<String> uncovered() {
    return uncovered;
  }

  /** Returns the batches with a position of another between theirs, or whose positions do not ascend. */
  public Collection<String> entangled() {
    List<String> entangled = new ArrayList<>();
    List<List<Long>> inOrder = new ArrayList<>(batches);
    inOrder.sort(Comparator.comparing(batch -> batch.get(0)));
    long passed = 0;
    for (List<Long> batch : inOrder) {
      for (long position : batch) {
        if (position <= passed) {
          entangled.add("a batch at " + batch + ", though " + passed + " came before");
        }
        passed = Math.max(passed, position);
      }
    }
    return entangled;
  }

  @Override
  public String toString() {
    return "race of seed " + seed;
  }

  private Void write(int writer, List<Long> own, CountDownLatch watched) {
    Random random = new Random(seed + writer);
    Random sizes = sameEvents ? new Random(seed) : random;
    try {
      Threads.await(watched, "the observers");
      for (int batch = 0; batch < BATCHES; batch++) {
        List<RoomEvent> events = events(writer, batch, 1 + sizes.nextInt(MAX_BATCH));
        fill(events, random, own);
      }
      return null;
    } finally {
      writing.decrementAndGet();
    }
  }

  private void fill(List<RoomEvent> events, Random random, List<Long> own) {
    int choice = random.nextInt(10);
    if (choice == 0 && !sameEvents) {
      subject.fillAndRollBack(events);
    }
    int delay = 1 + random.nextInt(MAX_DELAY_NANOS);
    List<Long> at = choice <= 3
        ? subject.fill(events, () -> LockSupport.parkNanos(delay))
        : subject.fill(events);
    if (subject.store().watermark() < StoreReads.last(at)) {
      uncovered.add(events + " at " + at);
    }
    own.addAll(at);
    note(events, at);
  }

  private void note(List<RoomEvent> events, List<Long> at) {
    for (int i = 0; i < at.size(); i++) {
      Long before = filled.put(events.get(i).id(), at.get(i));
      if (before != null && !before.equals(at.get(i))) {
        disagreements.add(events.get(i) + " at " + before + " and " + at.get(i));
      }
    }
    batches.add(at);
  }

  private List<RoomEvent> events(int writer, int batch, int size) {
    List<RoomEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(Events.event(
              name(writer, batch, i), i % 2 == 0 ? ROOM : OTHER_ROOM, ALICE, "batch.of." + size)
          .build());
    }
    return events;
  }

  private Void observe(Observer observer, CountDownLatch watched) {
    boolean last;
    do {
      last = writing.get() == 0;
      observer.look();
      watched.countDown();
    } while (!last);
    return null;
  }
}
