/**
 * The rules of an event store that is only read, as tests that {@code EventStoreTck} and others inherit.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EventStoreSubject}: the store under test and how it is filled
 *   <li>{@code FailureSubject}: a store whose storage can be made to fail
 *   <li>{@code ValueRules}: the rule V1: events come back as they were stored
 *   <li>{@code LikenessRules}: the rule V2: names that are alike and not the same
 *   <li>{@code LogRules}: the rules P, B and L: reads of the stream of new events
 *   <li>{@code ManyRules}: the rule B3: reads of many rooms, users and events
 *   <li>{@code Sizes}: how many these are
 *   <li>{@code StateRules}: the rules S: state and memberships as of a position
 *   <li>{@code RandomRoom}: a room of random state, and what is true of it
 *   <li>{@code HistoryRules}: the rules H: pages of a room's history
 *   <li>{@code RedactionRules}: the rule D1: the redaction that counts for an event
 *   <li>{@code ResultRules}: the rules R1 and X1: what results are like, and that any thread may read
 *   <li>{@code FailureRules}: the rules E1 and W3: a storage that fails
 *   <li>{@code PurgeRules}: the rule R2: after a purge
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.rules.event;

import org.jspecify.annotations.NullMarked;
