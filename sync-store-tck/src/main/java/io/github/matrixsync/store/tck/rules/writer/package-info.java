/**
 * The tests of concurrent writers and readers, and the races that they run.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code WriterFixture}: a store whose writes can pause before the commit
 *   <li>{@code WriterRules}: the rules P, W and L with several writers
 *   <li>{@code HeldTransaction}: a transaction that is held open
 *   <li>{@code WriterRace}: concurrent writers and observers, from a seed
 *   <li>{@code WatermarkObserver}: checks that the watermark never falls
 *   <li>{@code LogFollower}: reads the log as the engine does
 *   <li>{@code BatchObserver}: looks for batches of which only a part can be read
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.rules.writer;

import org.jspecify.annotations.NullMarked;
