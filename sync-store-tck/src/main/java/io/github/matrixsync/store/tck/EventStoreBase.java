package io.github.matrixsync.store.tck;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.tck.rules.event.EventStoreFixture;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.PausingList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/**
 * Creates a new event store for every test and fills it. Confined to the thread of its test, except the methods of
 * {@link EventStoreFixture}.
 *
 * @param <S> the store's type
 */
abstract class EventStoreBase<S extends EventStore> extends StoreTck<S>
    implements EventStoreFixture {
  private final AtomicInteger advances = new AtomicInteger();
  private volatile long start;

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  @Override
  public EventStore tested() {
    return recorded(EventStore.class);
  }

  @Override
  public final long start() {
    return start;
  }

  @Override
  public abstract List<Long> fill(List<RoomEvent> events);

  @Override
  public final void advance() {
    fill(Events.message("advance" + advances.incrementAndGet()));
  }

  @Override
  public final void readHeldUpBy(Runnable pause) {
    store().events(new PausingList<>(List.of(Events.id("a"), Events.id("b")), pause));
  }
}
