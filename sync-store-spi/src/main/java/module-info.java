import org.jspecify.annotations.NullMarked;

/** The event values and the store interfaces of the Matrix sync core, which a host implements over its own tables. */
@NullMarked
module io.github.matrixsync.spi {
  requires static transitive org.jspecify;

  exports io.github.matrixsync.event;
  exports io.github.matrixsync.store;
  exports io.github.matrixsync.store.device;
  exports io.github.matrixsync.store.ephemeral;
  exports io.github.matrixsync.store.model;
  exports io.github.matrixsync.store.state;
  exports io.github.matrixsync.store.timeline;
}
