/**
 * The answers of {@code /sync}: which rooms stand in which section, and what is new for each.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code SyncCalls}: begins polls, and shared runs for answers that have everything
 *   <li>{@code ParsedFilters}: caches parsed filters
 *   <li>{@code SyncLooks}: a look of a poll, and answers that have everything
 *   <li>{@code SyncAnswers}: puts an answer together
 *   <li>{@code RoomSections}, {@code SectionRule}: the rooms, by the viewer's memberships
 *   <li>{@code StrippedStates}: invitations and knocks
 *   <li>{@code MembershipEnds}: how these ended
 *   <li>{@code DeviceInbox}, {@code DeviceListAnswers}: messages to the device, and whose devices changed
 *   <li>{@code RoomAdditions}, {@code CountChanges}: unread counts, transaction ids and relations
 *   <li>{@code WantedFields}: reduces events to the members that a filter names
 *   <li>{@code ToldMembers}: which members a lazily loading client has been told
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.sync;

import org.jspecify.annotations.NullMarked;
