/**
 * Which room events an answer holds, and how they look to this reader. Every room event of an answer passes here.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code LookRequest}: what one look asks for
 *   <li>{@code DueEvents}: the events that are due, from the window if it reaches back
 *   <li>{@code WindowFindings}: what was found in the window
 *   <li>{@code LogReads}: the events that are due, from the store
 *   <li>{@code PeekedRooms}: the visibility of rooms that somebody peeks at
 *   <li>{@code EventGate}: what a viewer may see, and how it looks
 *   <li>{@code Erasures}: which users are erased
 *   <li>{@code CutAnswers}: joins and leaves that limited answers left out
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.delivery;

import org.jspecify.annotations.NullMarked;
