/**
 * How a world runs: one action at a time with what it causes, in a time that is moved by hand.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Actions}: runs actions and their reactions on the thread that acts
 *   <li>{@code Timeline}: the world's time, and what waits for it
 *   <li>{@code ScheduledWork}: the same as an executor for a bridge
 *   <li>{@code Story}: the transcript, {@code StoryUpToHere}: the transcript below a failure
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.run;

import org.jspecify.annotations.NullMarked;
