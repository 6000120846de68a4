/**
 * What all tests use: events, reads, threads, waiting, and the messages of failures.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Rule}: the rules in a sentence each
 *   <li>{@code Events}: the rooms, users and events of the tests
 *   <li>{@code StoreReads}: short forms of a store's reads
 *   <li>{@code Threads}: threads, and waiting for them
 *   <li>{@code Timeouts}: how long a test waits
 *   <li>{@code Notifications}: what listeners were called with
 *   <li>{@code PausingList}: a list that pauses its reader
 *   <li>{@code CallRecorder}: the last calls that a test made
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.support;

import org.jspecify.annotations.NullMarked;
