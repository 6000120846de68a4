/**
 * The store contract as tests. A store's author extends the class of each interface that the store implements,
 * implements how a new store is created, and runs the tests with JUnit. Every test's name begins with the number of the
 * rule that it tests, as in the package {@code io.github.matrixsync.store}, and the message of every failure has the
 * rule.
 *
 * <p>The kit depends on AssertJ but not on JUnit: a project adds its own {@code org.junit.jupiter:junit-jupiter}, of
 * 5.12 to 6.x, beside the kit, with or without JUnit's BOM, and needs Surefire 3 if it builds with Maven.
 *
 * <p>Here are the classes to extend for event stores. The classes for presence, typing, receipts and account data are
 * in {@link io.github.matrixsync.store.tck.ephemeral}, those for user settings in
 * {@link io.github.matrixsync.store.tck.settings}, those for the room directory and filters in
 * {@link io.github.matrixsync.store.tck.lookup}, those for what belongs to devices in
 * {@link io.github.matrixsync.store.tck.device}, and those for relations, unread counts and gaps in
 * {@link io.github.matrixsync.store.tck.timeline}. The other packages have the tests that these classes inherit, and
 * are not exported.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EventStoreTck}: an event store that is only read
 *   <li>{@code AppendableEventStoreTck}: an event store to which events are appended
 *   <li>{@code PurgeableEventStoreTck}: an event store that can purge old events
 *   <li>{@code DurableEventStoreTck}: an event store that has its events after a restart too
 *   <li>{@code SharedStoreTck}: the base class for several instances over one storage, with an example
 *   <li>{@code SharedEventStoreTck}: an event store of which several instances write and read one storage
 *   <li>{@code SharedPurgeableEventStoreTck}: an event store that one instance purges while another reads
 *   <li>{@code EventStoreOracleTck}: random histories, compared with a store without indexes
 *   <li>{@code ClosableEventStoreTck}: an event store that can be closed
 *   <li>{@code StoreTck}: the base class of all: a new store for every test
 *   <li>{@code EventStoreBase}: the base class for event stores
 *   <li>{@code SharedEventStoreBase}: the base class for several instances of an event store
 *   <li>{@code FailureMessages}: adds the rule and the last calls to the message of a failure
 * </ul>
 *
 * <p>Tests with several threads print their seed when they fail. No test sleeps; a test waits for an expected signal
 * for at most 20 seconds, or the seconds of the system property {@code matrixsync.tck.timeout}.
 */
@NullMarked
package io.github.matrixsync.store.tck;

import org.jspecify.annotations.NullMarked;
