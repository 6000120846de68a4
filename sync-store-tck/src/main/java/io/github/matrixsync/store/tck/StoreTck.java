package io.github.matrixsync.store.tck;

import io.github.matrixsync.store.tck.support.Calls;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the tests of every role have in common: a new store for every test. Not to be extended itself; the classes
 * below it are. Confined to the thread of its test, except {@link #store()}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@ExtendWith(RuleNames.class)
@SuppressWarnings("exports") // The extension is the kit's own.
public abstract class StoreTck<S> {
  private final Calls calls = new Calls();
  private volatile @Nullable S store;

  /** Begins the tests of a store. */
  protected StoreTck() {}

  /** Returns a new, empty store. Called before every test. */
  protected abstract S open();

  /** Returns the store under test. */
  public final S store() {
    return Objects.requireNonNull(store);
  }

  /** Returns the store under test in one of its roles, with its calls being recorded for the message of a failure. */
  protected final <R> R recorded(Class<R> role) {
    return calls.of(role, store());
  }

  /** Returns another instance in one of its roles, with its calls being recorded as well. */
  final <R> R recorded(Class<R> role, Object instance) {
    return calls.of(role, instance);
  }

  /** Returns the last calls that the test made. */
  final Calls calls() {
    return calls;
  }

  /** Puts another store under test, as after a restart. */
  protected final void use(S next) {
    store = next;
  }

  @BeforeEach
  final void openStore() {
    use(open());
  }

  /**
   * Closes a store as its host does, if it can be closed. Called after every test, also for a store that is closed
   * already. By default a store that is {@link AutoCloseable} is closed; to be overridden if something else closes it.
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
