/**
 * What the tests are written with. Knows no store.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Rule}: the rules and their sentences
 *   <li>{@code Events}: the rooms, users and events of the tests
 *   <li>{@code Reading}: short forms of a store's reads
 *   <li>{@code Threads}: threads that are waited for with a bound
 *   <li>{@code Patience}: how long a test waits
 *   <li>{@code Heard}: what listeners noted
 *   <li>{@code PausingList}: a list that pauses whoever reads it
 *   <li>{@code Calls}: the last calls that a test made
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.support;

import org.jspecify.annotations.NullMarked;
