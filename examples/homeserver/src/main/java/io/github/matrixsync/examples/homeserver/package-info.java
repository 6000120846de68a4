/**
 * An example: the least homeserver that clients need, those of the v1 API and today's, to show the sync core at work.
 * Events, and what belongs to them, are in memory or on PostgreSQL; accounts, devices and files always are in memory.
 * There is no federation, and the checks of membership and power levels are simple.
 *
 * <p>{@code sync-homeserver} has the parts that know nothing of an HTTP library: accounts, rooms, routes. Here are the
 * command line, the stores, and how Vert.x receives requests and sends those to application services.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Main}: the command line
 *   <li>{@code HomeServer}: creates the parts and connects them
 *   <li>{@code RunningEngine}: the engine, and what ends with it
 *   <li>{@code StoreOptions} and {@code Stores}: open the stores
 *   <li>{@code HttpRequests}: passes requests of Vert.x to the routes, {@code BufferStream}: collects a response
 *   <li>{@code OperatorEndpoints}: the health and the {@code Meters}, {@code Page}: the page at {@code /}
 *   <li>{@code HttpConnection}: sends requests to application services, {@code VertxScheduler}: the timers of Vert.x
 *   <li>{@code FullHeap}: ends the process when the heap is full
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver;

import org.jspecify.annotations.NullMarked;
