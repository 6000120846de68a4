/**
 * Reads events from JSON, and defines the forms in which clients get them. Pure.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RoomEvents}: from a host's JSON to an event
 *   <li>{@code EventFields}: the members of the JSON, each read as what it must be
 *   <li>{@code InvalidEventException}: JSON that is no event
 *   <li>{@code Redactions}, {@code RedactionRules}: what a redaction leaves, by room version
 *   <li>{@code EventForm}: the forms in which clients get events
 *   <li>{@code ClientEvent}: one entry of an answer
 * </ul>
 */
@NullMarked
package io.github.matrixsync.domain.event;

import org.jspecify.annotations.NullMarked;
