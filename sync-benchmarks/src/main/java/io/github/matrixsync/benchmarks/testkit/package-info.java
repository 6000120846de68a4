/**
 * What a world of the test kit costs a test.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code TestWorlds}: worlds in process, the time that passes in them, and what they leave on the heap
 *   <li>{@code BareRooms}: the floor: the same events on an engine and a store alone
 *   <li>{@code TestServers}: worlds over HTTP
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.testkit;

import org.jspecify.annotations.NullMarked;
