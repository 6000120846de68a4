package io.github.matrixsync.examples.homeserver;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its heap is full, so that a supervisor can restart it: otherwise it would keep its port and
 * answer no request. All data is in memory here, so a full heap stays full. An {@code OutOfMemoryError} may also be
 * thrown in one request only, which would never be answered. The option {@code -XX:+ExitOnOutOfMemoryError} does the
 * same, and sooner; this class is for those who start the jar without it.
 */
final class FullHeap implements Runnable {
  /** The status with which the JVM's own option ends a process. */
  static final int STATUS = 3;

  static final String MESSAGE = "the heap is full; the process ends";

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Small enough for an ordinary allocation, and enough for a small answer. */
  private static final int NEEDED_BYTES = 256 << 10;

  private static final int DEEPEST = 20;

  private static volatile @Nullable FullHeap watching;

  private final byte[] message =
      (MESSAGE + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  private final FileOutputStream errors = new FileOutputStream(FileDescriptor.err);

  @SuppressWarnings("UnusedVariable") // so that the compiler does not leave the allocation out
  private volatile byte[] taken = {};

  private FullHeap() {}

  /** Starts to watch the heap on a thread of its own, and uncaught failures on all threads. */
  static void endsTheProcess() {
    FullHeap heap = new FullHeap();
    watching = heap;
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      check(failure);
      LoggerFactory.getLogger(FullHeap.class).error("{} failed", thread.getName(), failure);
    });
    Thread thread = new Thread(heap, "full-heap");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the process if the failure is a lack of memory, and {@link #endsTheProcess} was called. */
  static void check(Throwable failure) {
    FullHeap heap = watching;
    Throwable cause = failure;
    for (int depth = 0; heap != null && cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof OutOfMemoryError) {
        heap.end();
      }
      cause = cause.getCause();
    }
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
