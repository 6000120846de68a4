/**
 * The classes to extend for the stores of what is shown of a room beside its events.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RelationsTck}: which events relate to which
 *   <li>{@code NotificationCountsTck}: unread counts that the host counts
 *   <li>{@code SettableNotificationCountsTck}: unread counts that are set through this library
 *   <li>{@code SharedNotificationCountsTck}: unread counts with several instances that share one storage
 *   <li>{@code TimelineGapsTck}: where the log of rooms has gaps
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.timeline;

import org.jspecify.annotations.NullMarked;
