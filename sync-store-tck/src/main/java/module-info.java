import org.jspecify.annotations.NullMarked;

/** The store contract of the Matrix sync core as tests: a store's author extends one class per interface. */
@NullMarked
module io.github.matrixsync.store.tck {
  requires transitive io.github.matrixsync.spi;
  requires static transitive org.jspecify;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;

  exports io.github.matrixsync.store.tck;
  exports io.github.matrixsync.store.tck.device;
  exports io.github.matrixsync.store.tck.ephemeral;
  exports io.github.matrixsync.store.tck.lookup;
  exports io.github.matrixsync.store.tck.settings;
  exports io.github.matrixsync.store.tck.timeline;

  opens io.github.matrixsync.store.tck to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.device to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.ephemeral to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.lookup to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.rules.append to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.rules.event to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.rules.stream to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.rules.writer to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.timeline to
      org.junit.platform.commons;
  opens io.github.matrixsync.store.tck.settings to
      org.junit.platform.commons;
}
