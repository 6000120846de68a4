package io.github.matrixsync.operation;

import java.time.Duration;
import java.util.List;

/**
 * What an engine has done since it began, and what it is doing. The numbers are read one after the other while the
 * engine works, so they need not fit together exactly. Immutable.
 *
 * @param polls the long polls
 * @param window the tail of the log that is kept in memory
 * @param streams every stream that the engine has, the room stream first
 * @param snapshots the snapshots
 * @param storeCalls every method of the stores that the engine was given, but for those that do no I/O
 * @param caches every cache
 * @param damagedEvents the events that were found to be damaged: their JSON is no object, or its content is none, and
 *     they are left out of answers; each is counted once, or again if more than ten thousand others came between
 */
public record EngineStatistics(
    Polls polls,
    WindowSpan window,
    List<StreamLag> streams,
    SnapshotRuns snapshots,
    List<StoreCallTimes> storeCalls,
    List<CacheUse> caches,
    long damagedEvents) {
  /** Copies the lists. */
  public EngineStatistics {
    streams = List.copyOf(streams);
    storeCalls = List.copyOf(storeCalls);
    caches = List.copyOf(caches);
  }

  /**
   * The long polls. Immutable.
   *
   * @param parked those that have begun and not ended
   * @param begun all that ever began
   * @param woken how often a parked one was woken because something came
   * @param wokenForNothing how many of these times it found nothing that is due to it, and parked again
   * @param refused how many were refused because there were too many, of a user or in all
   * @param oldest how long ago the oldest of those parked began; zero if there is none
   */
  public record Polls(
      long parked, long begun, long woken, long wokenForNothing, long refused, Duration oldest) {}

  /**
   * The tail of the log that is kept in memory. Immutable.
   *
   * @param after the position after which everything is in it, exclusive
   * @param upTo where it ends, inclusive
   * @param events the events in it
   * @param bytes the bytes of JSON in these, of what they replaced and what redacts them, encodings included
   * @param hits how many looks of polls it answered
   * @param misses how many looks were read from the store
   */
  public record WindowSpan(long after, long upTo, int events, long bytes, long hits, long misses) {}

  /**
   * How far behind its store the engine is in one stream. Immutable.
   *
   * @param stream {@code rooms}, {@code presence}, {@code typing}, {@code receipts} or {@code account_data}
   * @param watermark the end of what is stored
   * @param published up to where the engine has followed
   */
  public record StreamLag(String stream, long watermark, long published) {
    /** Returns the number of positions that the engine is behind, zero or more. */
    public long lag() {
      return Math.max(0, watermark - published);
    }
  }

  /**
   * The snapshots, of all rooms of a user and of one room. Immutable.
   *
   * @param inFlight the runs that are going on
   * @param runs all runs that ever began
   * @param shared the requests that were answered by a run that another request had caused
   * @param refused the runs that failed because all together would have referred to too much
   * @param bytes the bytes that those refer to that are going on, as the bound counts them
   */
  public record SnapshotRuns(int inFlight, long runs, long shared, long refused, long bytes) {}

  /**
   * The calls of one method of one store. Immutable.
   *
   * @param call the role and the method, such as {@code events.log}
   * @param returned the calls that returned
   * @param failed the calls that threw
   * @param running the calls that have not ended
   * @param total the time that all calls took that ended
   * @param longest the time that the longest of these took
   */
  public record StoreCallTimes(
      String call, long returned, long failed, int running, Duration total, Duration longest) {}

  /**
   * One cache. Immutable.
   *
   * @param cache its name
   * @param entries what is in it, about
   * @param bytes the bytes of that, about; 0 if the cache is bounded by its entries alone
   * @param hits the requests that it answered
   * @param misses those that it did not
   * @param evictions the entries that had to go because there were too many
   */
  public record CacheUse(
      String cache, long entries, long bytes, long hits, long misses, long evictions) {}
}
