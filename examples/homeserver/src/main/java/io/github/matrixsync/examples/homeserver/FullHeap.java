package io.github.matrixsync.examples.homeserver;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Ends the process when its heap is full, so that whoever started it can start it again: without memory it would keep
 * its port and answer nobody. Everything lies in memory here, so a heap that is full stays so. The option {@code
 * -XX:+ExitOnOutOfMemoryError} does the same, and sooner; this is for those who start the jar without it.
 */
final class FullHeap implements Runnable {
  /** The status with which the JVM's own option ends a process. */
  static final int STATUS = 3;

  static final String MESSAGE = "the heap is full; the process ends";

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Too small for an allocation of its own kind, and enough for a small answer. */
  private static final int NEEDED_BYTES = 256 << 10;

  private final byte[] message =
      (MESSAGE + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  private final FileOutputStream errors = new FileOutputStream(FileDescriptor.err);

  @SuppressWarnings("UnusedVariable") // so that the compiler does not leave the allocation out
  private volatile byte[] taken = {};

  private FullHeap() {}

  /** Looks from now on, on a thread of its own. */
  static void endsTheProcess() {
    Thread thread = new Thread(new FullHeap(), "full-heap");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE.toMillis());
        take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take() {
    try {
      taken = new byte[NEEDED_BYTES];
      taken = message;
    } catch (OutOfMemoryError e) {
      end();
    }
  }

  private void end() {
    try {
      errors.write(message);
    } catch (IOException e) {
      // Nobody reads it; what counts is the end.
    } finally {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
