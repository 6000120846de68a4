/**
 * Stores on PostgreSQL, durable and shared by any number of nodes.
 *
 * <p>In reading order: {@link io.github.matrixsync.store.postgres.PostgresSchema} makes the tables, {@link
 * io.github.matrixsync.store.postgres.PostgresStore} opens the stores, {@link
 * io.github.matrixsync.store.postgres.PostgresEventStore} has the room events, {@link
 * io.github.matrixsync.store.postgres.PostgresHealth} tells how all of it is. {@code
 * EventRole} implements the event store, {@code HealthChecks} the health.
 */
@NullMarked
package io.github.matrixsync.store.postgres;

import org.jspecify.annotations.NullMarked;
