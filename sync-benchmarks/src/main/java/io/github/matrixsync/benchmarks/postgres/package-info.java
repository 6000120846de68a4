/**
 * Measures the PostgreSQL store, beside the same rows written and read by plain JDBC.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PostgresLoad}: the command
 *   <li>{@code StoreLoad}: what a benchmark of a store implements, {@code PostgresServer}: the server that it uses
 *   <li>{@code AppendRates}: events a second, by one caller and many; {@code Callers} makes the load, {@code
 *       RawInserts} is the floor, {@code Samples} are the events
 *   <li>{@code ServerCpu}: what an append costs the server
 *   <li>{@code WakeTimes}: how soon another node knows
 *   <li>{@code ForeignLoads}: beside other users of the server
 *   <li>{@code LargeReads}: reads of a large history, sizes and the purge
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.postgres;

import org.jspecify.annotations.NullMarked;
