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
  /** The longest time between two looks. A machine that stands still for longer has looked once. */
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<ServedRequest> requests = new ArrayList<>(); // guarded by this
  private final BiConsumer<ServedRequest, String> observer;
  private int underWay; // guarded by this
  private long changes; // guarded by this
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
    changes++;
    isSettled = false;
  }

  /** Records that something is done, or waits for events. */
  synchronized void ended() {
    underWay--;
    changes++;
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
   * if it was. Time in which the whole process stands still counts for nothing, neither as quiet nor as waiting.
   *
   * @param longest how long it waits, beside the time that it must be quiet
   */
  synchronized Optional<String> settle(Duration quietFor, Duration longest) {
    long rest = longest.plus(quietFor).toNanos();
    long quiet = 0;
    while (!isQuiet(quiet, quietFor) && rest > 0 && !Thread.currentThread().isInterrupted()) {
      long before = changes;
      long waited = look(underWay > 0 ? LOOK : quietFor.toNanos() - quiet);
      rest -= waited;
      quiet = underWay > 0 || changes != before ? 0 : quiet + waited;
    }
    if (isQuiet(quiet, quietFor)) {
      isSettled = true;
      return Optional.empty();
    }
    return Optional.of(
        underWay > 0
            ? unanswered()
            : "requests keep coming, the latest was " + requests.get(requests.size() - 1));
  }

  private synchronized String unanswered() {
    return underWay == 1
        ? "1 request, of a client or to a service, has no answer yet"
        : underWay + " requests, of clients or to services, have no answer yet";
  }

  private boolean isQuiet(long quiet, Duration quietFor) {
    return underWay == 0 && quiet >= quietFor.toNanos();
  }

  /** Waits for a change, as long as a look takes at most. Returns how long that was, in nanoseconds. */
  private long look(long most) {
    long begin = System.nanoTime();
    try {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(SHORTEST_WAIT, Math.min(LOOK, most)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Math.min(LOOK, System.nanoTime() - begin);
  }
}
