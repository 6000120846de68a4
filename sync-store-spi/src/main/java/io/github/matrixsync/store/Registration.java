package io.github.matrixsync.store;

/**
 * A listener's place at a stream. Closing it takes the listener away; closing again does nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
