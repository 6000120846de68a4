package io.github.matrixsync.operation;

import java.time.Duration;
import java.util.List;

/**
 * What an engine has done since it began, and what it is doing. The numbers are read one after the other while the
 * engine works, so they need not fit together exactly. Immutable. Made by the engine; later versions may add to it.
 *
 * @since 0.1.0
 */
public interface EngineStatistics {
  /** Returns the long polls. */
  Polls polls();

  /** Returns the tail of the log that is kept in memory. */
  WindowSpan window();

  /** Returns every stream that the engine has, the room stream first. */
  List<StreamLag> streams();

  /** Returns the snapshots. */
  SnapshotRuns snapshots();

  /** Returns every method of the stores that the engine was given, but for those that do no I/O. */
  List<StoreCallTimes> storeCalls();

  /** Returns every cache. */
  List<CacheUse> caches();

  /**
   * Returns the number of events that were found to be damaged: their JSON is no object, or its content is none, and
   * they are left out of answers. Each is counted once, or again if more than ten thousand others came between.
   */
  long damagedEvents();

  /**
   * The long polls. Immutable.
   *
   * @since 0.1.0
   */
  interface Polls {
    /** Returns the number of those that have begun and not ended. */
    long parked();

    /** Returns the number of all that ever began. */
    long begun();

    /** Returns how often a parked one was woken because something came. */
    long woken();

    /** Returns how many of these times it found nothing that is due to it, and parked again. */
    long wokenForNothing();

    /** Returns how many were refused because there were too many, of a user or in all. */
    long refused();

    /** Returns how long ago the oldest of those parked began; zero if there is none. */
    Duration oldest();
  }

  /**
   * The tail of the log that is kept in memory. Immutable.
   *
   * @since 0.1.0
   */
  interface WindowSpan {
    /** Returns the position after which everything is in it, exclusive. */
    long after();

    /** Returns the position where it ends, inclusive. */
    long upTo();

    /** Returns the number of events in it. */
    int events();

    /** Returns the bytes of JSON in these, of what they replaced and what redacts them, encodings included. */
    long bytes();

    /** Returns how many looks of polls it answered. */
    long hits();

    /** Returns how many looks were read from the store. */
    long misses();
  }

  /**
   * How far behind its store the engine is in one stream. Immutable.
   *
   * @since 0.1.0
   */
  interface StreamLag {
    /** Returns {@code rooms}, {@code presence}, {@code typing}, {@code receipts} or {@code account_data}. */
    String stream();

    /** Returns the position of the end of what is stored. */
    long watermark();

    /** Returns the position up to which the engine has followed. */
    long published();

    /** Returns the number of positions that the engine is behind, zero or more. */
    default long lag() {
      return Math.max(0, watermark() - published());
    }
  }

  /**
   * The snapshots, of all rooms of a user and of one room. Immutable.
   *
   * @since 0.1.0
   */
  interface SnapshotRuns {
    /** Returns the number of runs that are going on. */
    int inFlight();

    /** Returns the number of all runs that ever began. */
    long runs();

    /** Returns the number of requests that were answered by a run that another request had caused. */
    long shared();

    /** Returns the number of runs that failed because all together would have referred to too much. */
    long refused();

    /** Returns the bytes that those refer to that are going on, as the bound counts them. */
    long bytes();
  }

  /**
   * The calls of one method of one store. Immutable.
   *
   * @since 0.1.0
   */
  interface StoreCallTimes {
    /** Returns the role and the method, such as {@code events.log}. */
    String call();

    /** Returns the number of calls that returned. */
    long returned();

    /** Returns the number of calls that threw. */
    long failed();

    /** Returns the number of calls that have not ended. */
    int running();

    /** Returns the time that all calls took that ended. */
    Duration total();

    /** Returns the time that the longest of these took. */
    Duration longest();
  }

  /**
   * One cache. Immutable.
   *
   * @since 0.1.0
   */
  interface CacheUse {
    /** Returns its name. */
    String cache();

    /** Returns the number of entries in it, about. */
    long entries();

    /** Returns the bytes of these, about; 0 if the cache is bounded by its entries alone. */
    long bytes();

    /** Returns the number of requests that it answered. */
    long hits();

    /** Returns the number of those that it did not. */
    long misses();

    /** Returns the number of entries that had to go because there were too many. */
    long evictions();
  }
}
