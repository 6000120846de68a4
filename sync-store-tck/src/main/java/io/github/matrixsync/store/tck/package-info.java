/**
 * The store contract as tests. Whoever writes a store extends the class of each role that the store has, says how a new
 * store is made, and runs the tests with JUnit. Every test's name begins with the number of the rule that it is about,
 * as the package {@code io.github.matrixsync.store} numbers them, and every failure's message names the rule.
 *
 * <p>The kit brings AssertJ but no JUnit: a project names its own {@code org.junit.jupiter:junit-jupiter}, of 5.12 to
 * 6.x, beside the kit, with or without JUnit's BOM, and needs Surefire 3 if it builds with Maven.
 *
 * <p>Here are the classes to extend for event stores and for the room directory. Those for presence, typing, receipts
 * and account data are in {@link io.github.matrixsync.store.tck.ephemeral}, those for what users set in
 * {@link io.github.matrixsync.store.tck.settings}. The other packages hold the tests that these classes inherit, and
 * are not exported.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EventStoreTck}: an event store that is only read
 *   <li>{@code AppendableEventStoreTck}: an event store that takes events
 *   <li>{@code PurgeableEventStoreTck}: an event store that can purge old events
 *   <li>{@code DurableEventStoreTck}: an event store that keeps its events over a restart
 *   <li>{@code SharedStoreTck}: what the classes for several instances over one storage have in common, with an example
 *   <li>{@code SharedEventStoreTck}: an event store of which several instances write and read one storage
 *   <li>{@code SharedPurgeableEventStoreTck}: an event store that one instance purges while another reads
 *   <li>{@code EventStoreOracleTck}: random histories, compared with a store without indexes
 *   <li>{@code ClosableEventStoreTck}: an event store that can be closed
 *   <li>{@code RoomDirectoryTck}: aliases and the published rooms, only read
 *   <li>{@code SettableRoomDirectoryTck}: a room directory that is set through this library
 *   <li>{@code SharedRoomDirectoryTck}: a room directory that several instances set
 *   <li>{@code StoreTck}: what all classes have in common: a new store for every test
 *   <li>{@code EventStoreBase}: what the classes for events have in common
 *   <li>{@code SharedEventStoreBase}: what the classes for events of several instances have in common
 *   <li>{@code RuleNames}: puts the rule and the last calls into the message of a failure
 * </ul>
 *
 * <p>Tests with several threads print their seed when they fail. Nothing sleeps; what must come is waited for with a
 * bound, 20 seconds or the system property {@code matrixsync.tck.patience}.
 */
@NullMarked
package io.github.matrixsync.store.tck;

import org.jspecify.annotations.NullMarked;
