import org.jspecify.annotations.NullMarked;

/** The values and the store contract of the Matrix sync core: what a host's tables must answer. */
@NullMarked
module io.github.matrixsync.spi {
  requires static transitive org.jspecify;

  exports io.github.matrixsync.event;
  exports io.github.matrixsync.store;
  exports io.github.matrixsync.store.ephemeral;
  exports io.github.matrixsync.store.model;
  exports io.github.matrixsync.store.state;
}
