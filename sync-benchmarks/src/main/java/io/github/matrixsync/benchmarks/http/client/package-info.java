/**
 * Simulates many clients over HTTP, with so little work for each that the server is what is measured.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Client}: builds and sends requests
 *   <li>{@code Api}: the requests of v1 and of {@code /sync} for all rooms and for new events
 *   <li>{@code People}: registered users and their requests
 *   <li>{@code Pollers}, {@code RepeatedGets}: connections that poll, or send a request again and again
 *   <li>{@code Quiet}: waits until all polls are parked
 *   <li>{@code Loop}, {@code Connection}: reads and writes all connections on one thread
 *   <li>{@code Reply}, {@code ReplyParser}, {@code Bytes}: responses, how they are parsed, and searches in their
 *       bodies
 * </ul>
 */
@NullMarked
package io.github.matrixsync.benchmarks.http.client;

import org.jspecify.annotations.NullMarked;
