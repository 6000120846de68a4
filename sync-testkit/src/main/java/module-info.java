import org.jspecify.annotations.NullMarked;

/** A Matrix server within a unit test, whose time the test moves, for tests of bridges and bots. */
@NullMarked
module io.github.matrixsync.testkit {
  requires transitive io.github.matrixsync.core;
  requires io.github.matrixsync.homeserver;
  requires io.github.matrixsync.store.memory;
  requires static transitive org.jspecify;
  // Not transitive: else a module without JUnit could not be compiled.
  requires static org.junit.jupiter.api;
  requires transitive org.assertj.core;
  requires java.net.http;
  requires jdk.httpserver;

  exports io.github.matrixsync.testkit;
  exports io.github.matrixsync.testkit.http;
  exports io.github.matrixsync.testkit.junit;
  exports io.github.matrixsync.testkit.law;
}
