package io.github.matrixsync.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many reads of the stores an engine makes at a time, and how much one may return. Immutable; more settings may be
 * added.
 *
 * @since 0.1.0
 */
public final class ReadSettings {
  /**
   * Twice as many reads of a kind as there are processors, and at least four; 1,000 events in a page of history, and
   * of each room in a snapshot; 1 GiB for all snapshots together.
   */
  public static final ReadSettings DEFAULT = new ReadSettings(
      Math.max(4, 2 * Runtime.getRuntime().availableProcessors()), 1_000, 1L << 30);

  private final int concurrentReads;
  private final int historyLimit;
  private final long snapshotBytes;

  private ReadSettings(int concurrentReads, int historyLimit, long snapshotBytes) {
    this.concurrentReads = concurrentReads;
    this.historyLimit = historyLimit;
    this.snapshotBytes = snapshotBytes;
  }

  /**
   * Returns how many polls of users may read the stores at a time, how many polls of application services may look, and
   * how many snapshots, single events and pages of history may be read: so many of each kind.
   */
  public int concurrentReads() {
    return concurrentReads;
  }

  /** Returns the most events in one page of a room's history, and the most messages of each room in a snapshot. */
  public int historyLimit() {
    return historyLimit;
  }

  /** Returns the most bytes of all snapshots that are being taken. */
  public long snapshotBytes() {
    return snapshotBytes;
  }

  /**
   * Returns these settings with another number of reads at a time. More of them wait for their turn. A store with a
   * pool of connections needs three times as many as this for reads, and one or two for following.
   *
   * @param reads of each kind, at least 1
   */
  public ReadSettings withConcurrentReads(int reads) {
    return new ReadSettings(
        Checks.positive(reads, "concurrent reads"), historyLimit, snapshotBytes);
  }

  /**
   * Returns these settings with another size of pages and snapshots. Who asks for more gets so many, and goes on from
   * the end of the page.
   *
   * @param events at least 1
   */
  public ReadSettings withHistoryLimit(int events) {
    return new ReadSettings(
        concurrentReads, Checks.positive(events, "history limit"), snapshotBytes);
  }

  /**
   * Returns these settings with another bound on the snapshots that are being taken, of one room or of all. A snapshot
   * for which there is no room, or which is too large by itself, fails with
   * {@link io.github.matrixsync.call.LimitExceededException}.
   *
   * <p>What counts is the JSON that was read for a snapshot, until it is handed over: room events as they are stored or
   * cached, and presence, receipts and account data as clients get them. A snapshot that several requests share counts
   * once. The bytes are counted while they are read, and reading stops where the bound is passed: a snapshot holds at
   * most what it was granted and one page of rooms. A page has at most 1,000 rooms and about 16,000 messages, or one
   * room if that alone is larger.
   *
   * @param bytes at least 1
   */
  public ReadSettings withSnapshotBytes(long bytes) {
    return new ReadSettings(
        concurrentReads, historyLimit, Checks.positive(bytes, "snapshot bytes"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReadSettings that
        && concurrentReads == that.concurrentReads
        && historyLimit == that.historyLimit
        && snapshotBytes == that.snapshotBytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(concurrentReads, historyLimit, snapshotBytes);
  }

  @Override
  public String toString() {
    return "ReadSettings[concurrentReads=" + concurrentReads + ", historyLimit=" + historyLimit
        + ", snapshotBytes=" + snapshotBytes + "]";
  }
}
