package io.github.matrixsync.store.tck.support;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A list that runs a task when it is first accessed, to pause a store in the middle of a read. Thread-safe.
 *
 * @param <E> an element
 */
public final class PausingList<E> extends AbstractList<E> {
  private final List<E> elements;
  private final Runnable pause;
  private final AtomicBoolean paused = new AtomicBoolean();

  public PausingList(List<E> elements, Runnable pause) {
    this.elements = elements;
    this.pause = pause;
  }

  @Override
  public E get(int index) {
    if (paused.compareAndSet(false, true)) {
      pause.run();
    }
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}
