package io.github.matrixsync.store.tck;

import io.github.matrixsync.store.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who listens. Thread-safe; to be called with no lock held. */
class ReferenceListeners {
  final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  Registration add(Runnable listener) {
    Runnable own = listener::run;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /** Calls each; what one throws is nobody else's. */
  void call() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException ignored) {
        // The contract: a listener's failure harms nobody.
      }
    }
  }
}
