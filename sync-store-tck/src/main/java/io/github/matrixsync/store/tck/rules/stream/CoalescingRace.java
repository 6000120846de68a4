package io.github.matrixsync.store.tck.rules.stream;

import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs concurrent writers of several keys, and a follower that checks that nothing appears at a position it has passed.
 * Used by one test; its threads share it.
 *
 * @param <C> a change
 */
final class CoalescingRace<C extends CoalescingStream.Change> {
  private static final int WRITERS = 3;
  private static final int CHANGES = 60;

  private final CoalescingFixture<C> subject;
  private final long seed = System.nanoTime();
  private final AtomicInteger writing = new AtomicInteger(WRITERS);
  private final CountDownLatch watched = new CountDownLatch(1);
  private final Queue<String> late = new ConcurrentLinkedQueue<>();

  CoalescingRace(CoalescingFixture<C> subject) {
    this.subject = subject;
  }

  /** Runs all threads to their end; no writer begins before the follower has read once. */
  void run() {
    List<Callable<Void>> threads = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int key = writer;
      threads.add(() -> write(key));
    }
    threads.add(this::follow);
    Threads.all(threads);
  }

  /** Returns the changes that appeared at or below an earlier watermark. */
  Collection<String> late() {
    return late;
  }

  @Override
  public String toString() {
    return "race of seed " + seed;
  }

  private Void write(int key) {
    Random random = new Random(seed + key);
    try {
      Threads.await(watched, "the follower");
      for (int value = 1; value <= CHANGES; value++) {
        subject.change(random.nextInt(4) == 0 ? (key + 1) % WRITERS : key, value);
      }
      return null;
    } finally {
      writing.decrementAndGet();
    }
  }

  private Void follow() {
    Set<Long> seen = new HashSet<>();
    long passed = subject.start();
    boolean last;
    do {
      last = writing.get() == 0;
      long upTo = subject.store().watermark();
      for (long position : positions(upTo)) {
        if (position <= passed && !seen.contains(position)) {
          late.add(position + " came after " + passed + " was passed");
        }
        seen.add(position);
      }
      passed = upTo;
      watched.countDown();
    } while (!last);
    return null;
  }

  private List<Long> positions(long upTo) {
    return subject.store().changes(subject.start(), upTo, StoreReads.ALL).stream()
        .map(CoalescingStream.Change::position)
        .toList();
  }
}
