/**
 * The tail of the room log in memory, and what of it is due to whom.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Window}, {@code Entry}: the tail: contiguous, bounded, all that is kept encoded included; replaced and
 *       never changed in place
 *   <li>{@code StreamLaw}: which room event is due to whom, by the membership at its position
 *   <li>{@code RoomPart}, {@code ServicePart}: the room events of one look
 *   <li>{@code Turnover}, {@code Untold}: who came and went in them, and since when cut answers did not tell
 *   <li>{@code Concerned}: whom a new part of a stream concerns
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.log;

import org.jspecify.annotations.NullMarked;
