/**
 * A store whose answers are right because they are simple, and random histories to compare others with it: {@code
 * NaiveStore} and {@code RandomHistory}.
 */
@NullMarked
package io.github.matrixsync.store.tck.oracle;

import org.jspecify.annotations.NullMarked;
