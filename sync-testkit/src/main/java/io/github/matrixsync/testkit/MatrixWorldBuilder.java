package io.github.matrixsync.testkit;

import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.homeserver.endpoint.ServerEndpoints.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Builds a world. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class MatrixWorldBuilder {
  private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?");

  String serverName = "test";
  Instant startingAt = Instant.parse("2026-01-01T00:00:00Z");
  Consumer<SyncEngineBuilder> engine = builder -> {};
  int eventsPerAction = 1_000;

  /** How many tasks one action may run while no time passes. */
  int tasksPerAction = 1_000_000;

  List<String> versions = Versions.DEFAULT.versions();
  List<String> unstableFeatures = Versions.DEFAULT.features();
  String test = "";

  MatrixWorldBuilder() {}

  /** Sets the name of the server, {@code test} by default. */
  public MatrixWorldBuilder serverName(String name) {
    if (!SERVER.matcher(name).matches()) {
      throw new IllegalArgumentException("a server name is a host and perhaps a port, got " + name);
    }
    serverName = name;
    return this;
  }

  /** Sets the time at the beginning, 2026-01-01T00:00:00Z by default. */
  public MatrixWorldBuilder startingAt(Instant time) {
    startingAt = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Sets further options of the engine, such as its limits on polls. The world then sets executor, scheduler, clock and
   * observer itself. The function is called for each engine that the world starts.
   */
  public MatrixWorldBuilder engine(Consumer<SyncEngineBuilder> options) {
    engine = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Sets how many events one action and the reactions to it may cause before the action fails; 1,000 by default. The
   * bound stops bridges that answer themselves without end.
   *
   * @param most at least 1
   */
  public MatrixWorldBuilder eventsPerAction(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("events per action must be at least 1, got " + most);
    }
    eventsPerAction = most;
    return this;
  }

  /**
   * Sets the versions of the specification that the server names at {@code /versions}, as an older or newer one does.
   * By default these are v1.1 to v1.6, and r0.6.1. The routes stay the same.
   */
  public MatrixWorldBuilder versions(String... names) {
    versions = List.of(names);
    return this;
  }

  /**
   * Sets the unstable features that the server names at {@code /versions}. By default {@code fi.mau.msc2659.stable} is
   * one of them, the ping of application services. The routes stay the same.
   */
  public MatrixWorldBuilder unstableFeatures(String... names) {
    unstableFeatures = List.of(names);
    return this;
  }

  /** Sets the name of the test that the world belongs to, for error messages after the world was closed. */
  public MatrixWorldBuilder test(String name) {
    test = Objects.requireNonNull(name, "test");
    return this;
  }

  /** Returns the world, which the caller must close. */
  public MatrixWorld build() {
    return new MatrixWorld(this);
  }
}
