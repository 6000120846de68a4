/** {@code WebFluxAdapter}: the HTTP edge on Spring WebFlux. */
@NullMarked
package io.github.matrixsync.examples.adapters.webflux;

import org.jspecify.annotations.NullMarked;
