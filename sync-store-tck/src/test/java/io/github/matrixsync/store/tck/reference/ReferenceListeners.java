package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.store.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who listens. Thread-safe; to be called with no lock held. */
public class ReferenceListeners {
  public final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public Registration add(Runnable listener) {
    Runnable own = listener::run;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /** CallRecorder each; what one throws is nobody else's. */
  public void call() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException ignored) {
        // The contract: a listener's failure harms nobody.
      }
    }
  }
}
