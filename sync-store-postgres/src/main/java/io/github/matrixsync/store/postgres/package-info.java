/**
 * Stores on PostgreSQL, durable and shared by any number of nodes.
 *
 * <p>In reading order: {@link io.github.matrixsync.store.postgres.PostgresSchema} makes the tables, {@link
 * io.github.matrixsync.store.postgres.PostgresStore} opens the stores, {@link
 * io.github.matrixsync.store.postgres.PostgresEventStore} has the room events.
 */
@NullMarked
package io.github.matrixsync.store.postgres;

import org.jspecify.annotations.NullMarked;
