package io.github.matrixsync.store;

/** A listener's place at a stream. Closing it takes the listener away; closing again does nothing. Thread-safe. */
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
