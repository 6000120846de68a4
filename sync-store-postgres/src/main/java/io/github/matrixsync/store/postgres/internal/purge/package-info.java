/** Removes the beginning of the log: {@code Purge}. */
@NullMarked
package io.github.matrixsync.store.postgres.internal.purge;

import org.jspecify.annotations.NullMarked;
