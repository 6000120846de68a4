/** Names the engine and its store, and nothing that they need. */
module org.example.calls {
  requires io.github.matrixsync.core;
  requires io.github.matrixsync.store.memory;

  exports org.example;
}
