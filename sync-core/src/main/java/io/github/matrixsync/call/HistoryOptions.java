package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.PaginationToken;
import java.util.Objects;
import java.util.Optional;

/**
 * What not every page of history needs. Immutable.
 *
 * @param to the place at which to stop; empty: the end of the room in the direction asked for
 * @param form in which events are shown
 */
public record HistoryOptions(Optional<PaginationToken> to, EventForm form) {
  /** To the end of the room, in the form of v1. */
  public static final HistoryOptions DEFAULT = new HistoryOptions(Optional.empty(), EventForm.V1);

  /** Checks that the form is there. */
  public HistoryOptions {
    Objects.requireNonNull(form, "form");
  }

  /** Returns these options with another place at which to stop. */
  public HistoryOptions upTo(PaginationToken place) {
    return new HistoryOptions(Optional.of(place), form);
  }

  /** Returns these options with events in another form. */
  public HistoryOptions withForm(EventForm other) {
    return new HistoryOptions(to, other);
  }
}
