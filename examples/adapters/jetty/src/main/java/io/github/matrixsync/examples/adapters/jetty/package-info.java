/** {@code JettyAdapter}: the HTTP edge as an asynchronous servlet, on Jetty. */
@NullMarked
package io.github.matrixsync.examples.adapters.jetty;

import org.jspecify.annotations.NullMarked;
