/**
 * The store contract as tests. Whoever writes a store extends the class of each role that the store has, says how a new
 * store is made, and runs the tests with JUnit. Every test's name begins with the number of the rule that it is
 * about, as the package {@code io.github.matrixsync.store} numbers them, and every failure's message names the rule.
 *
 * <p>The kit brings AssertJ but no JUnit: a project names its own {@code org.junit.jupiter:junit-jupiter}, of 5.12 to
 * 6.x, beside the kit, with or without JUnit's BOM, and needs Surefire 3 if it builds with Maven.
 *
 * <p>Events: {@link io.github.matrixsync.store.tck.EventStoreTck} for a store that is only read,
 * {@link io.github.matrixsync.store.tck.AppendableEventStoreTck} for one that takes events. What some stores can do
 * besides: {@link io.github.matrixsync.store.tck.PurgeableEventStoreTck},
 * {@link io.github.matrixsync.store.tck.DurableEventStoreTck},
 * {@link io.github.matrixsync.store.tck.SharedEventStoreTck}.
 *
 * <p>The small roles, each to be read or also to be set: {@link io.github.matrixsync.store.tck.PresenceStoreTck},
 * {@link io.github.matrixsync.store.tck.SettablePresenceStoreTck},
 * {@link io.github.matrixsync.store.tck.TypingStoreTck}, {@link io.github.matrixsync.store.tck.SettableTypingStoreTck},
 * {@link io.github.matrixsync.store.tck.ReceiptStoreTck},
 * {@link io.github.matrixsync.store.tck.SettableReceiptStoreTck},
 * {@link io.github.matrixsync.store.tck.AccountDataStoreTck},
 * {@link io.github.matrixsync.store.tck.SettableAccountDataStoreTck},
 * {@link io.github.matrixsync.store.tck.RoomDirectoryTck}. What users set has a class for each thing that a host's
 * users can set: {@link io.github.matrixsync.store.tck.IgnoredUsersTck},
 * {@link io.github.matrixsync.store.tck.ForgottenRoomsTck}, {@link io.github.matrixsync.store.tck.PresenceListsTck},
 * {@link io.github.matrixsync.store.tck.ErasedUsersTck}.
 *
 * <p>Tests with several threads print their seed when they fail. Nothing sleeps; what must come is waited for with a
 * bound, 20 seconds or the system property {@code matrixsync.tck.patience}.
 */
@NullMarked
package io.github.matrixsync.store.tck;

import org.jspecify.annotations.NullMarked;
