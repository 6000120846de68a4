package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.testkit.http.ServedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What goes over the sockets of a world: the requests that came, and how many of them and of the pushes to services are
 * under way. Thread-safe.
 */
final class Traffic {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<ServedRequest> requests = new ArrayList<>(); // guarded by this
  private final BiConsumer<ServedRequest, String> observer;
  private int underWay; // guarded by this
  private long latest = System.nanoTime(); // guarded by this
  private boolean isSettled; // guarded by this

  /**
   * Creates the object for a server without requests.
   *
   * @param observer gets each request that was answered, with the error code of the answer or an empty text
   */
  Traffic(BiConsumer<ServedRequest, String> observer) {
    this.observer = observer;
  }

  /** Adds a request, which is under way. Returns its number. */
  synchronized int came(ServedRequest request) {
    requests.add(request);
    began();
    return requests.size() - 1;
  }

  /** Records a request's answer, before it is sent. */
  void answered(int number, int status, String errcode) {
    ServedRequest answered;
    synchronized (this) {
      answered = requests.get(number).withStatus(status);
      requests.set(number, answered);
    }
    observer.accept(answered, errcode);
  }

  /** Records that something is under way. */
  synchronized void began() {
    underWay++;
    latest = System.nanoTime();
    isSettled = false;
  }

  /** Records that something is done, or waits for events. */
  synchronized void ended() {
    underWay--;
    latest = System.nanoTime();
    notifyAll();
  }

  synchronized List<ServedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Returns whether nothing has begun since it was last waited for. */
  synchronized boolean isSettled() {
    return isSettled;
  }

  /**
   * Waits until nothing has been under way for a time, from now on. Returns what was not so in the end, in words; empty
   * if it was.
   */
  synchronized Optional<String> settle(Duration quietFor) {
    latest = System.nanoTime();
    long end = latest + LONGEST_WAIT.toNanos() + quietFor.toNanos();
    boolean isInterrupted = false;
    long left = left(quietFor);
    while (left > 0 && System.nanoTime() - end < 0 && !isInterrupted) {
      try {
        long rest = Math.min(left, end - System.nanoTime());
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(SHORTEST_WAIT, rest));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        isInterrupted = true;
      }
      left = left(quietFor);
    }
    if (left <= 0) {
      isSettled = true;
      return Optional.empty();
    }
    return Optional.of(
        underWay > 0
            ? underWay + " requests, of clients or to services, have no answer yet"
            : "requests keep coming, the latest was " + requests.get(requests.size() - 1));
  }

  /** Returns for how long it must stay quiet, in nanoseconds; 0 or less if it was quiet for long enough. */
  private long left(Duration quietFor) {
    return underWay > 0
        ? LONGEST_WAIT.toNanos()
        : quietFor.toNanos() - (System.nanoTime() - latest);
  }
}
