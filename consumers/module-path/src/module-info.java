/** Requires the engine and its store, but none of their dependencies. */
module org.example.calls {
  requires io.github.matrixsync.core;
  requires io.github.matrixsync.store.memory;

  exports org.example;
}
