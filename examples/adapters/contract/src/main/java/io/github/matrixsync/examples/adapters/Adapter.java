package io.github.matrixsync.examples.adapters;

/**
 * A running HTTP server. To stop a host gracefully, drain the engine, close the adapter, then close the engine.
 * Thread-safe.
 */
public interface Adapter extends AutoCloseable {
  /** Returns the port of 127.0.0.1 that it listens on. */
  int port();

  /**
   * Accepts no more requests, gives the answers that are being sent a few seconds at most, and closes all connections.
   * Polls that are parked are not waited for longer than that.
   */
  @Override
  void close();
}
