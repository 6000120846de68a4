import org.jspecify.annotations.NullMarked;

/** Stores that keep everything on the heap: the embedded default of the Matrix sync core. */
@NullMarked
module io.github.matrixsync.store.memory {
  requires transitive io.github.matrixsync.spi;
  requires static transitive org.jspecify;

  exports io.github.matrixsync.store.memory;
}
