package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.internal.membership.Reader;

/**
 * What a poll looks for: the room events that are due in {@code (after, upTo]}. Immutable.
 *
 * @param reader whose poll it is
 * @param after where to begin, exclusive
 * @param upTo where to end, inclusive
 * @param limit the most events
 * @param form in which they are shown
 */
public record LookRequest(Reader reader, long after, long upTo, int limit, EventForm form) {}
