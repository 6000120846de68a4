/**
 * An example: the least homeserver that clients of the v1 API need, to show the sync core at work. It keeps everything
 * in memory, knows no federation, and checks membership and power levels simply but truly.
 *
 * <p>A request comes to {@code Requests}, is taken apart by {@code http}, and answered by an {@code endpoint}; what it
 * changes is in {@code people} and {@code room}. Application services are read from {@code registration} files, and
 * sent what concerns them by {@code appservice}.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Main}: the command line
 *   <li>{@code HomeServer}: the parts, put together
 *   <li>{@code Requests}: from Vert.x to the sync core or an endpoint, and back
 *   <li>{@code FullHeap}: ends the process when memory is over
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver;

import org.jspecify.annotations.NullMarked;
