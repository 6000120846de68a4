/**
 * The tables and the server: {@code Migrations} brings the tables up to date, {@code ServerChecks} asks the server for
 * what the store depends on.
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.schema;

import org.jspecify.annotations.NullMarked;
