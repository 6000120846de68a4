/**
 * The tests of positions and watermarks, for all streams, and those of coalescing streams.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code StreamFixture}: the stream under test and how it is changed
 *   <li>{@code StreamRules}: the rules W and L: the watermark and its listeners
 *   <li>{@code CoalescingFixture}: a coalescing stream and how its keys are set
 *   <li>{@code CoalescingRules}: the rules P, B, R and C of coalescing streams
 *   <li>{@code CoalescingRace}: concurrent writers and a reader of a coalescing stream
 *   <li>{@code SettableRules}: the rule C1, where values are set through this library
 *   <li>{@code TypingRules}: the rules T: deadlines of typing
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.rules.stream;

import org.jspecify.annotations.NullMarked;
