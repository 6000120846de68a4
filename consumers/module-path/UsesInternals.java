package org.example;

/** Uses a class that promises nothing: this must not compile. */
class UsesInternals {
  io.github.matrixsync.internal.concurrent.Budget budget;
}
