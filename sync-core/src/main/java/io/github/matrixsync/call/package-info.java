/**
 * What is asked of the engine and what it answers: values, and the errors that a caller may meet.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.call.StreamOptions}, {@link io.github.matrixsync.call.SnapshotOptions},
 *       {@link io.github.matrixsync.call.LeftRooms}, {@link io.github.matrixsync.call.MessagesOptions}: the options of
 *       the calls
 *   <li>{@link io.github.matrixsync.call.EventBatch}: the answer of a poll
 *   <li>{@link io.github.matrixsync.call.InitialSync}, {@link io.github.matrixsync.call.RoomInitialSync},
 *     {@link io.github.matrixsync.call.RoomSnapshot}, {@link io.github.matrixsync.call.MessagePage}: what a snapshot or
 *     a page holds
 *   <li>{@link io.github.matrixsync.call.SyncException}, {@link io.github.matrixsync.call.TokenAheadException},
 *     {@link io.github.matrixsync.call.TokenExpiredException},
 *     {@link io.github.matrixsync.call.RoomNotReadableException},
 *     {@link io.github.matrixsync.call.LimitExceededException}: why there is no answer
 * </ul>
 */
@NullMarked
package io.github.matrixsync.call;

import org.jspecify.annotations.NullMarked;
