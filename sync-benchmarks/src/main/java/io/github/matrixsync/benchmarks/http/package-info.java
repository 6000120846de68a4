/**
 * Measures a homeserver from outside, over HTTP.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code HttpLoad}: the command
 *   <li>{@code Load}: a question
 *   <li>{@code Server}: the homeserver that is measured
 *   <li>{@code Delivery}: events per second to parked polls
 *   <li>{@code LastAnswer}: the time until the last parked poll of a room is answered
 *   <li>{@code SnapshotRate}, {@code EventRate}: snapshots and single events per second
 *   <li>{@code ConnectionMemory}: memory per connection with a parked poll
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.http;

import org.jspecify.annotations.NullMarked;
