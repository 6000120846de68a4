/**
 * A Matrix server within a unit test, for tests of bridges and bots. It needs no Docker, no port and no threads, and
 * tests do not wait: when a call returns, everything that it caused is done, and time moves when the test moves it.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code MatrixWorld}: the server, {@code MatrixWorldBuilder}: its options
 *   <li>{@code TestUser}: what a user does, {@code TestRoom}: a room
 *   <li>{@code MatrixAssertions}: begins assertions, {@code UserAssert}: about what a user saw, {@code Expected}: one
 *       entry of it, {@code SnapshotAssert}: about a snapshot, {@code UserSnapshot}
 *   <li>{@code WorldTime}: the time
 *   <li>{@code RefusedException}: thrown when the rules of a room forbid an action
 *   <li>{@code Mark}: a point in the story, after which assertions begin
 *   <li>{@code Restart}, {@code LateCommit}: faults of a server
 *   <li>{@code TestService}: an application service, to which the world pushes events over HTTP
 * </ul>
 *
 * <p>For tests with JUnit, {@code @MatrixTest} of the package {@link io.github.matrixsync.testkit.junit} creates
 * worlds. The classes of this package do not need JUnit. A bridge that speaks HTTP asks the server of the package
 * {@link io.github.matrixsync.testkit.http}, which has a port and threads.
 */
@NullMarked
package io.github.matrixsync.testkit;

import org.jspecify.annotations.NullMarked;
