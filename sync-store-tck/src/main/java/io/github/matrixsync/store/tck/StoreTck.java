package io.github.matrixsync.store.tck;

import io.github.matrixsync.store.tck.support.CallRecorder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The base class of all tests: it opens a new store before every test. Extend one of its subclasses instead. Confined
 * to the thread of its test, except {@link #store()}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@ExtendWith(FailureMessages.class)
@SuppressWarnings("exports") // The extension is the kit's own.
public abstract class StoreTck<S> {
  private final CallRecorder calls = new CallRecorder();
  private volatile @Nullable S store;

  /** For subclasses. */
  protected StoreTck() {}

  /** Returns a new, empty store. Called before every test. */
  protected abstract S open();

  /** Returns the store under test. */
  public final S store() {
    return Objects.requireNonNull(store);
  }

  /** Returns the store under test as one of its interfaces; its calls are recorded for the message of a failure. */
  protected final <R> R recorded(Class<R> role) {
    return calls.of(role, store());
  }

  /** Returns another instance as one of its interfaces; its calls are recorded too. */
  final <R> R recorded(Class<R> role, Object instance) {
    return calls.of(role, instance);
  }

  /** Returns the last calls that the test made. */
  final CallRecorder calls() {
    return calls;
  }

  /** Replaces the store under test, as after a restart. */
  protected final void use(S next) {
    store = next;
  }

  @BeforeEach
  final void openStore() {
    use(open());
  }

  /**
   * Closes a store as its host does, if it can be closed. Called after every test, also for a store that is closed
   * already. The default closes a store that is {@link AutoCloseable}; override it if something else closes the store.
   *
   * @throws Exception if closing fails; the test fails with it
   */
  protected void close(S opened) throws Exception {
    if (opened instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  @AfterEach
  final void closeStore() throws Exception {
    S opened = store;
    if (opened != null) {
      close(opened);
    }
  }
}
