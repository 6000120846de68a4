package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.store.postgres.PostgresEventStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares a store's watermarks with what they were before, for as long as the process lives, and writes the process's
 * output. Thread-safe.
 */
final class Watched {
  private final PostgresEventStore events;
  private final OutputStream output = new FileOutputStream(FileDescriptor.out);

  /** Begins to watch. */
  Watched(PostgresEventStore events) {
    this.events = events;
    Thread thread = new Thread(this::watch, "watermarks");
    thread.setDaemon(true);
    thread.start();
  }

  /** Checks that the watermark covers what was appended (rule W2). */
  void appended(List<Long> positions) {
    long highest = positions.stream().mapToLong(Long::longValue).max().orElse(0);
    if (events.watermark() < highest) {
      mismatch("appended " + highest + ", but the watermark is " + events.watermark());
    }
  }

  private void watch() {
    long watermark = 0;
    long retained = 0;
    long backfill = 0;
    while (!Thread.currentThread().isInterrupted()) {
      long retainedNow = events.retainedAfter();
      long backfillNow = events.backfilledTo();
      long watermarkNow = events.watermark();
      if (watermarkNow < watermark || retainedNow < retained || backfillNow > backfill) {
        mismatch("a watermark fell: " + watermark + " to " + watermarkNow + ", retained " + retained
            + " to " + retainedNow + ", backfill " + backfill + " to " + backfillNow);
      }
      if (retainedNow > watermarkNow) {
        mismatch("retained " + retainedNow + " is above the watermark " + watermarkNow);
      }
      watermark = watermarkNow;
      retained = retainedNow;
      backfill = backfillNow;
      LockSupport.parkNanos(200_000);
    }
  }

  /** Writes what must not be. */
  void mismatch(String what) {
    write("!" + what);
  }

  /** Writes a line. */
  void write(String line) {
    try {
      synchronized (output) {
        output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
