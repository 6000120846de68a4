package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.store.Registration;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Registers and calls listeners. What a listener throws goes to the uncaught exception handler of the calling thread,
 * so that it affects neither the caller nor the next listener (rule L2). Thread-safe; call it with no lock held.
 *
 * @param <L> a listener
 */
public final class Listeners<L> {
  /** One registration. Compared by identity, so that closing it leaves other registrations of the same listener. */
  private static final class Place<L> {
    private final L listener;

    private Place(L listener) {
      this.listener = listener;
    }
  }

  private final CopyOnWriteArrayList<Place<L>> places = new CopyOnWriteArrayList<>();

  /** Adds a listener. A listener that is added twice is called twice. */
  public Registration add(L listener) {
    Place<L> place = new Place<>(Objects.requireNonNull(listener, "listener"));
    places.add(place);
    return () -> places.remove(place);
  }

  /** Returns whether nobody listens. */
  public boolean isEmpty() {
    return places.isEmpty();
  }

  /** Calls every listener. */
  public void call(Consumer<L> signal) {
    for (Place<L> place : places) {
      try {
        signal.accept(place.listener);
      } catch (Throwable thrown) {
        handOver(thrown);
      }
    }
  }

  private static void handOver(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (RuntimeException ignored) {
      // Ignored, as the JVM does when a thread ends by an exception.
    }
  }
}
