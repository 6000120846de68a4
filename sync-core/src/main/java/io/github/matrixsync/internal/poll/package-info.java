/**
 * The long poll.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Streams}, {@code PollBounds}: register, look, look again, park
 *   <li>{@code Looks}: one look
 *   <li>{@code CutParts}: who came and went in answers that were cut
 *   <li>{@code Waker}: has polls look again
 *   <li>{@code PresenceHold}: presence alone is not answered too soon
 *   <li>{@code ServiceStreams}: the polls of application services
 *   <li>{@code Drain}: answers all before a shutdown, spread over a time
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.poll;

import org.jspecify.annotations.NullMarked;
