/**
 * Push rules.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code PushRules}: the rules of users, and what they are for a new one
 *   <li>{@code PushRule}: what rules say of an event, {@code Glob}: their patterns
 *   <li>{@code UnreadCounter}, {@code RoomUnread}: counts what users have not read, by their rules
 *   <li>{@code PushRuleEndpoints}: reading and changing them
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver.push;

import org.jspecify.annotations.NullMarked;
