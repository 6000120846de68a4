package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.Registration;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who wants to be told. What a listener throws goes to the uncaught exception handler of the calling thread, so that
 * neither the caller nor the next listener is harmed (rule L2). Thread-safe; to be called with no lock held.
 *
 * @param <L> a listener
 */
final class Listeners<L> {
  /** Compared by identity, so that closing one registration leaves the same listener's others. */
  private static final class Place<L> {
    private final L listener;

    private Place(L listener) {
      this.listener = listener;
    }
  }

  private final CopyOnWriteArrayList<Place<L>> places = new CopyOnWriteArrayList<>();

  /** Adds a listener; one that is added twice is called twice. */
  Registration add(L listener) {
    Place<L> place = new Place<>(Objects.requireNonNull(listener, "listener"));
    places.add(place);
    return () -> places.remove(place);
  }

  void call(Consumer<L> signal) {
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
      // As when a thread ends: what the handler throws is nobody's.
    }
  }
}
