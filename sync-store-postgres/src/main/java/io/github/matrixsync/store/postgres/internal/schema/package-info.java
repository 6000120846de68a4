/** Brings the tables up to date: {@code Migrations}. */
@NullMarked
package io.github.matrixsync.store.postgres.internal.schema;

import org.jspecify.annotations.NullMarked;
