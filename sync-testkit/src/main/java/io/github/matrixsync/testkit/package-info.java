/**
 * A Matrix server within a unit test, for tests of bridges and bots. It needs no Docker, no port, no thread and no
 * waiting: what a call causes is done when it returns, and time moves when the test moves it.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code MatrixWorld}: the server, {@code MatrixWorldBuilder}: its options
 *   <li>{@code TestUser}: what a user does, {@code TestRoom}: a room
 *   <li>{@code MatrixAssertions}: begins assertions, {@code UserAssert}: about what a user saw, {@code Expected}: one
 *       entry of it, {@code SnapshotAssert}: about a snapshot, {@code UserSnapshot}
 *   <li>{@code WorldTime}: the time
 *   <li>{@code RefusedException}: what the rules of a room forbid
 *   <li>{@code Mark}: a moment between what was seen before and after it
 *   <li>{@code Restart}, {@code LateCommit}: faults of a server
 *   <li>{@code Asserted}: what was asserted already
 * </ul>
 *
 * <p>JUnit makes worlds by {@code @MatrixTest}, in the package {@link io.github.matrixsync.testkit.junit}; nothing here
 * needs it.
 */
@NullMarked
package io.github.matrixsync.testkit;

import org.jspecify.annotations.NullMarked;
