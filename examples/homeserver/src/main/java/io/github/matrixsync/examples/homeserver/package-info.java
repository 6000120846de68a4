/**
 * An example: the least homeserver that clients need, those of the v1 API and today's, to show the sync core at work.
 * Events, and what belongs to them, are in memory or on PostgreSQL; accounts, devices and files always are in memory.
 * There is no federation, and the checks of membership and power levels are simple.
 *
 * <p>{@code Requests} receives a request, package {@code http} parses it, and a class of {@code endpoint} answers it;
 * what it changes is in {@code people}, {@code room}, {@code device}, {@code push} and {@code media}. {@code
 * registration} reads the files of application services, and {@code appservice} sends events to these.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Main}: the command line
 *   <li>{@code HomeServer}: creates the parts and connects them
 *   <li>{@code StoreOptions} and {@code Stores}: open the stores
 *   <li>{@code Apis}: the versions of the API and their routes
 *   <li>{@code Requests}: passes requests of Vert.x to the sync core or an endpoint
 *   <li>{@code FullHeap}: ends the process when the heap is full
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver;

import org.jspecify.annotations.NullMarked;
