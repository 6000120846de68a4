package io.github.matrixsync.store.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The health of a {@link PostgresStore} at one moment. Immutable.
 *
 * @since 0.1.0
 */
public final class PostgresHealth {
  /**
   * Whether hints of other nodes arrive. Without them a node sees what another one wrote after at most a look interval.
   *
   * @since 0.1.0
   */
  public enum Hints {
    /** They arrive. */
    ARRIVE,
    /** The host switched them off. */
    OFF,
    /** What this node sends does not come back, as behind a pooler that shares connections between transactions. */
    SILENT,
    /** The connection on which they arrive is broken. It is opened again by itself. */
    BROKEN
  }

  /**
   * A session that holds the lock of a stream for longer than an append takes, so that all others wait for it. The
   * server ends it if it does nothing for 5 s.
   *
   * @since 0.1.0
   */
  public static final class LockHolder {
    private final String stream;
    private final int pid;
    private final Optional<String> application;
    private final Duration age;

    LockHolder(String stream, int pid, Optional<String> application, Duration age) {
      this.stream = stream;
      this.pid = pid;
      this.application = application;
      this.age = age;
    }

    /** Returns the name of the stream. */
    public String stream() {
      return stream;
    }

    /** Returns the process id of the session on the server. */
    public int pid() {
      return pid;
    }

    /** Returns the name that the session's application gave itself; empty if this store's role may not see it. */
    public Optional<String> application() {
      return application;
    }

    /** Returns for how long its transaction has been open; zero if this store's role may not see it. */
    public Duration age() {
      return age;
    }

    @Override
    public String toString() {
      return "process " + pid + " (" + application.orElse("application unknown")
          + ") holds the lock of " + stream + " for " + age;
    }
  }

  private final Hints hints;
  private final Optional<String> failure;
  private final List<LockHolder> lockHolders;
  private final List<String> warnings;

  PostgresHealth(
      Hints hints, Optional<String> failure, List<LockHolder> lockHolders, List<String> warnings) {
    this.hints = hints;
    this.failure = failure;
    this.lockHolders = List.copyOf(lockHolders);
    this.warnings = List.copyOf(warnings);
  }

  /** Returns whether hints of other nodes arrive. */
  public Hints hints() {
    return hints;
  }

  /** Returns why the database cannot be read; empty if it can. */
  public Optional<String> failure() {
    return failure;
  }

  /** Returns the sessions that hold the lock of a stream for half a second or longer. */
  public List<LockHolder> lockHolders() {
    return lockHolders;
  }

  /** Returns the settings of the server by which a crash can lose what was acknowledged. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public String toString() {
    return "PostgresHealth[hints " + hints + ", failure " + failure.orElse("none")
        + ", lock holders " + lockHolders + ", warnings " + warnings + "]";
  }
}
