/**
 * Push rules.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PushRules}: the rules of users, and what they are for a new one
 *   <li>{@code PushRule}: evaluates push rules for an event, {@code Glob}: a pattern of a rule
 *   <li>{@code UnreadCounter}, {@code RoomUnread}: counts unread events by the users' push rules
 *   <li>{@code PushRuleEndpoints}: reading and changing them
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.push;

import org.jspecify.annotations.NullMarked;
