package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.internal.membership.Reader;

/**
 * The reader, range, limit and form of one look of a poll: the room events in {@code (after, upTo]}. Immutable.
 *
 * @param reader the reader whose poll it is
 * @param after where to begin, exclusive
 * @param upTo where to end, inclusive
 * @param limit the most events
 * @param form in which they are shown
 */
public record LookRequest(Reader reader, long after, long upTo, int limit, EventForm form) {}
