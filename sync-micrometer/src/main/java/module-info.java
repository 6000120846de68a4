import org.jspecify.annotations.NullMarked;

/** The statistics of a Matrix sync engine as Micrometer meters. */
@NullMarked
// Micrometer has a fixed module name, but no descriptor.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.github.matrixsync.micrometer {
  requires transitive io.github.matrixsync.core;
  requires transitive micrometer.core;
  requires static transitive org.jspecify;

  exports io.github.matrixsync.micrometer;
}
