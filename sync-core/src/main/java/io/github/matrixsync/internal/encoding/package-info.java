/**
 * Encodes what is stored as clients get it, once for any number of answers. Ages are put in when an answer is written.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code EncodedEvent}, {@code EncodedEvents}: an encoded event, or a list of them
 *   <li>{@code EventWriter}: writes a room event in one of the forms
 *   <li>{@code ClientFields}: what of a host's JSON clients get
 *   <li>{@code EphemeralEvents}: encodes presence, typing, receipts and account data
 *   <li>{@code DamageCheck}: tells apart events that cannot be shown
 *   <li>{@code AnsweredEvent}, {@code ClientEvents}: an encoded event, or list of them, in one answer
 *   <li>{@code AgedBytes}, {@code Ages}: JSON and the ages in it
 *   <li>{@code EventHead}, {@code EventSpan}: what is known of an encoded event without reading it
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.encoding;

import org.jspecify.annotations.NullMarked;
