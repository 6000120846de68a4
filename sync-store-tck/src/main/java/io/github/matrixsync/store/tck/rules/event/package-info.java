/**
 * The tests of reading events, which {@code EventStoreTck} and others inherit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EventStoreFixture}: the store under test and how it is filled
 *   <li>{@code FailureFixture}: a store whose storage can be made to fail
 *   <li>{@code ValueRules}: the rule V1: events come back as they were stored
 *   <li>{@code SimilarNamesRules}: the rule V2: names that differ but look equal to a collation
 *   <li>{@code LogRules}: the rules P, B and L: reads of the stream of new events
 *   <li>{@code BulkReadRules}: the rule B3: reads of many rooms, users and events
 *   <li>{@code BulkSize}: how many
 *   <li>{@code StateRules}: the rules S: state and memberships as of a position
 *   <li>{@code RandomRoom}: a room of random events, and its state computed from them
 *   <li>{@code SyncReadRules}: the rules B4, S3 and S4: the reads that have defaults
 *   <li>{@code HistoryRules}: the rules H: pages of a room's history
 *   <li>{@code RedactionRules}: the rule D1: the redaction that applies to an event
 *   <li>{@code ResultRules}: the rules R1 and X1: results are immutable, and any thread may read
 *   <li>{@code FailureRules}: the rules E1 and W3: a storage that fails
 *   <li>{@code PurgeRules}: the rule R2: after a purge
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.rules.event;

import org.jspecify.annotations.NullMarked;
