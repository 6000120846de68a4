package io.github.matrixsync.store.postgres;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the store logs until this is closed. Thread-safe. */
final class Logged extends Handler implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger("io.github.matrixsync.store.postgres");

  private final List<String> messages = new CopyOnWriteArrayList<>();

  Logged() {
    LOGGER.addHandler(this);
  }

  /** Returns the messages so far. */
  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    messages.add(
        parameters == null
            ? entry.getMessage()
            : MessageFormat.format(entry.getMessage(), parameters));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
  }
}
