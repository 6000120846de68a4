/**
 * Simulates many clients over HTTP, with so little work for each that the server is what is measured.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Client}: builds and sends requests
 *   <li>{@code Api}: what v1 and {@code /sync} are asked for all rooms and for what is new
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
