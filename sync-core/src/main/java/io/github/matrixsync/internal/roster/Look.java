package io.github.matrixsync.internal.roster;

import io.github.matrixsync.domain.EventForm;

/**
 * What a poll looks for: the room events that are due in {@code (after, upTo]}. Immutable.
 *
 * @param reader whose poll it is
 * @param after where to begin, exclusive
 * @param upTo where to end, inclusive
 * @param limit the most events
 * @param form in which they are shown
 */
public record Look(Reader reader, long after, long upTo, int limit, EventForm form) {}
