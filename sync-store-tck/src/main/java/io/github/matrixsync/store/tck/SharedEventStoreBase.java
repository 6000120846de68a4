package io.github.matrixsync.store.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.rules.event.EventStoreFixture;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.PausingList;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two event stores over one storage that append alternately, one of which gets no signals. Everything is read from the
 * other, which is refreshed after every append: so the same rules are tested as for one store. Confined to the thread
 * of its test, except appending.
 *
 * @param <S> the store's type
 */
abstract class SharedEventStoreBase<S extends AppendableEventStore> extends SharedStoreTck<S>
    implements EventStoreFixture {
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger advances = new AtomicInteger();
  private volatile long start;

  /** Opens the instance without signals before anything is appended. */
  @BeforeEach
  final void rememberStart() {
    start = withoutSignals().watermark();
  }

  @Override
  public final AppendableEventStore tested() {
    return recorded(AppendableEventStore.class, inTurn());
  }

  @Override
  public final long start() {
    return start;
  }

  @Override
  public final List<Long> fill(List<RoomEvent> events) {
    return tested().append(live(events));
  }

  /**
   * Appends a batch on one of the instances and runs {@code beforeCommit} once while doing so: as late as the store
   * allows before the batch can be read, ideally when its positions are taken but not committed. It may wait while
   * other threads append and read. If it throws, roll back and rethrow. Called by several threads. Unless overridden,
   * this is done by {@link #write}.
   *
   * @return the positions
   */
  protected List<Long> append(S on, Runnable beforeCommit, List<Append> batch) {
    AtomicReference<@Nullable List<Long>> positions = new AtomicReference<>();
    write(beforeCommit, () -> positions.set(on.append(batch)));
    List<Long> taken = positions.get();
    if (taken == null) {
      throw new AssertionError("write returned and did not run what it was given to write");
    }
    return taken;
  }

  /** Appends on the next instance, and runs {@code pause} before the commit. */
  public final List<Long> appendAfter(Runnable pause, List<Append> batch) {
    List<Long> positions = append(next(), pause, batch);
    store().refresh();
    return positions;
  }

  /** Appends on the next instance so that it is rolled back. */
  public final void appendAndRollBack(List<Append> batch) {
    appendAndRollBack(next(), batch);
  }

  final void appendAndRollBack(S on, List<Append> batch) {
    Runnable rollBack = () -> {
      throw new IllegalStateException("roll back");
    };
    assertThatThrownBy(() -> append(on, rollBack, batch))
        .as("append, though beforeCommit threw")
        .isInstanceOf(RuntimeException.class);
  }

  @Override
  public final void advance() {
    fill(Events.message("advance" + advances.incrementAndGet()));
  }

  @Override
  public final void readHeldUpBy(Runnable pause) {
    store().events(new PausingList<>(List.of(Events.id("a"), Events.id("b")), pause));
  }

  static List<Append> live(List<RoomEvent> events) {
    return events.stream().map(Append::live).toList();
  }

  static List<Long> append(AppendableEventStore to, RoomEvent... events) {
    return to.append(live(List.of(events)));
  }

  private S next() {
    return turn.getAndIncrement() % 2 == 0 ? store() : withoutSignals();
  }

  private AppendableEventStore inTurn() {
    InvocationHandler handler = (proxy, method, arguments) -> call(method, arguments);
    return (AppendableEventStore) Proxy.newProxyInstance(
        AppendableEventStore.class.getClassLoader(),
        new Class<?>[] {AppendableEventStore.class},
        handler);
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      if (!method.getName().equals("append")) {
        return method.invoke(store(), arguments);
      }
      Object positions = method.invoke(next(), arguments);
      store().refresh();
      return positions;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
