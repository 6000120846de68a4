/**
 * The stores of what clients are shown of a room beside its events: relations between events, unread counts, gaps. Each
 * may be absent.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@link io.github.matrixsync.store.timeline.Relations}: which events relate to which; {@link
 *       io.github.matrixsync.store.timeline.Child} and {@link io.github.matrixsync.store.timeline.ThreadSummary} are
 *       its results
 *   <li>{@link io.github.matrixsync.store.timeline.NotificationCounts}, {@link
 *       io.github.matrixsync.store.timeline.SettableNotificationCounts} and {@link
 *       io.github.matrixsync.store.timeline.UnreadCounts}: how many unread events users have
 *   <li>{@link io.github.matrixsync.store.timeline.TimelineGaps}: where the log of rooms has gaps
 * </ul>
 *
 * <h2>The rules</h2>
 *
 * <p>They continue those of {@link io.github.matrixsync.store}. The children of an event are the live and the
 * backfilled events of its room whose relation names it and that can still be read; outliers are none.
 *
 * <ul>
 *   <li><b>RL1</b> Children are given newest first. Those of kind {@code m.replace} are in the order of
 *       {@code origin_server_ts}, then the characters of their ids, and only those that may replace the parent: from
 *       its sender, of its type, and no state events, like the parent. (So no other user's event can take the place of
 *       an edit.) All others are in the order of depth, then position.
 *   <li><b>RL2</b> The children and summaries are complete as of the event store's watermark before the call.
 *   <li><b>RL3</b> A child to which a redaction applies is not given and not counted. It makes no difference whether
 *       the parent is redacted.
 *   <li><b>RL4</b> The summary of a thread has the newest child, by depth, then position, whose sender is not ignored;
 *       the number of children whose sender is not ignored; and whether the viewer sent the root or any child.
 *   <li><b>RL5</b> A child is of the room of its parent: an event that names a parent of another room relates to
 *       nothing. Events of several rooms may be asked about in one call.
 *   <li><b>NC1</b> The counts are at least as new as {@code upTo}: an event at or below it is counted, and a receipt
 *       that was set before the call is taken into account.
 *   <li><b>NC2</b> Not counted are a user's own events, those of users whom the user ignores, also if they were counted
 *       before, those that a purge removed, and all of a room that the user is not joined to.
 *   <li><b>NC3</b> Exactly the rooms that were asked for are returned; one without counts has zeros.
 *   <li><b>NC4</b> The listeners are called after every change of counts that no event of the room caused.
 *   <li><b>NC5</b> {@code counts} is answered from memory or by one indexed read, however many rooms are asked for.
 *   <li><b>TG1</b> A gap at a position means that between the event before it in the room's log and the event at it
 *       some may be missing. The last one in the range is given, and no room without one.
 *   <li><b>TG2</b> A gap never moves. It may stay when its events were backfilled later, and when the event after it
 *       was purged.
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.timeline;

import org.jspecify.annotations.NullMarked;
