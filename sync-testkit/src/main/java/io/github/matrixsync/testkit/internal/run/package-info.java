/**
 * How a world runs: one action at a time with the reactions to it, and a time that tests move.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Actions}: runs actions and their reactions on the thread that acts
 *   <li>{@code Failures}: keeps the failures of reactions, {@code EventCount}: counts the events that an action causes,
 *       {@code TaskCount}: counts the tasks that it runs
 *   <li>{@code Timeline}: the world's time, and the tasks that wait for it
 *   <li>{@code ScheduledWork}: an executor for bridges whose delays follow that time, with {@code Answer} and {@code
 *       Work} for its tasks and {@code Agenda} for those that have not begun
 *   <li>{@code Story}: the transcript, {@code StoryUpToHere}: adds the transcript to a failure
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.run;

import org.jspecify.annotations.NullMarked;
