/**
 * The tests of appending, which {@code AppendableEventStoreTck} inherits.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code AppendFixture}: the store under test and how a batch is appended
 *   <li>{@code AppendRules}: the rules A1 to A3: batches, positions and depths
 *   <li>{@code AppendFailureRules}: the rule E1: appends whose storage fails
 *   <li>{@code OutlierRules}: the rule A4: outliers
 *   <li>{@code ResolvedStateRules}: the rule A5: state that the host resolved itself
 *   <li>{@code BackfillRules}: the rules K: backfill
 *   <li>{@code ConcurrentRules}: the rules A with several threads
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.rules.append;

import org.jspecify.annotations.NullMarked;
