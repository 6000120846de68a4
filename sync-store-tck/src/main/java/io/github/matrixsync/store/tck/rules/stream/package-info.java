/**
 * The rules of positions and watermarks that all streams share, and those of coalescing streams.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code StreamSubject}: the stream under test and how it grows
 *   <li>{@code StreamRules}: the rules W and L: the watermark and its listeners
 *   <li>{@code CoalescingSubject}: a coalescing stream and how its keys get values
 *   <li>{@code CoalescingRules}: the rules P, B, R and C of coalescing streams
 *   <li>{@code CoalescingRace}: writers and readers of a coalescing stream at once
 *   <li>{@code SettableRules}: the rule C1, where values are set through this library
 *   <li>{@code TypingRules}: the rules T: deadlines of typing
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.rules.stream;

import org.jspecify.annotations.NullMarked;
