package io.github.matrixsync.store;

/**
 * The registration of a listener. Closing it removes the listener; closing again does nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
