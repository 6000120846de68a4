/**
 * Who may see what of a room, and what erasure takes away. Pure; critical for privacy.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RoomView}: what one viewer may see of one room
 *   <li>{@code Visibility}: the rule: by history visibility and membership
 *   <li>{@code RangeCollector}: visible positions as ranges
 *   <li>{@code Erasure}: what is hidden of the events of erased users
 * </ul>
 */
@NullMarked
package io.github.matrixsync.domain.visibility;

import org.jspecify.annotations.NullMarked;
