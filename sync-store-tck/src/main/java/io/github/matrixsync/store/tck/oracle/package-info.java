/**
 * A store that is simple enough to be right, and random histories for comparing other stores with it:
 * {@code NaiveStore} and {@code RandomHistory}.
 */
@NullMarked
package io.github.matrixsync.store.tck.oracle;

import org.jspecify.annotations.NullMarked;
