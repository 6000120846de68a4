/** {@code VertxAdapter}: the HTTP edge on Vert.x. */
@NullMarked
package io.github.matrixsync.examples.adapters.vertx;

import org.jspecify.annotations.NullMarked;
