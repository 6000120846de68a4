import org.jspecify.annotations.NullMarked;

/** The store contract of the Matrix sync core as tests: a store author extends a class per role. */
@NullMarked
module io.github.matrixsync.store.tck {
  requires transitive io.github.matrixsync.spi;
  requires static transitive org.jspecify;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;

  exports io.github.matrixsync.store.tck;

  opens io.github.matrixsync.store.tck to
      org.junit.platform.commons;
}
