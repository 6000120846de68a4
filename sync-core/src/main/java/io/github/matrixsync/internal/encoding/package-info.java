/**
 * Encodes stored events as JSON for clients, once for any number of answers. Ages are added when an answer is written.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EncodedEvent}, {@code EncodedEvents}: an encoded event, or a list of them
 *   <li>{@code EventWriter}: writes a room event in one of the forms
 *   <li>{@code ClientFields}: the members of a host's JSON that clients get
 *   <li>{@code EphemeralEvents}: encodes presence, typing, receipts, account data and messages to devices
 *   <li>{@code DamageCheck}: finds events that cannot be shown
 *   <li>{@code StrippedEvents}: encodes state for somebody who is not in the room
 *   <li>{@code AnsweredEvent}, {@code ClientEvents}: an encoded event, or list of them, in one answer
 *   <li>{@code FieldSelection}: the members of an event that a client wants
 *   <li>{@code AgedBytes}, {@code Ages}: JSON and the ages in it
 *   <li>{@code EventHead}, {@code EventSpan}: the head and the offsets of an encoded event
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.encoding;

import org.jspecify.annotations.NullMarked;
