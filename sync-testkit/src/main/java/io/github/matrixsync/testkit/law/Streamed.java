package io.github.matrixsync.testkit.law;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The room events that one reading of a stream returned. Two are equal if they have the same events in the same order.
 * Immutable.
 */
final class Streamed {
  private final UserId user;
  private final StreamToken from;
  private final StreamToken to;
  private final List<ClientEvent> events;

  Streamed(UserId user, StreamToken from, StreamToken to, List<ClientEvent> events) {
    this.user = user;
    this.from = from;
    this.to = to;
    this.events = List.copyOf(events);
  }

  List<ClientEvent> events() {
    return events;
  }

  int size() {
    return events.size();
  }

  private List<EventId> ids() {
    return events.stream().map(event -> event.id().orElseThrow()).toList();
  }

  void requireNoEventTwice() {
    Set<EventId> known = new HashSet<>();
    for (ClientEvent event : events) {
      if (!known.add(event.id().orElseThrow())) {
        throw new AssertionError("the stream of " + user + " from " + from + " to " + to
            + " contains twice " + text(event));
      }
    }
  }

  /** Returns the error for a split that returned other events than the stream read in one poll. */
  AssertionError differs(Streamed whole, List<Integer> split, long seed) {
    int same = 0;
    while (same < Math.min(size(), whole.size())
        && ids().get(same).equals(whole.ids().get(same))) {
      same++;
    }
    String expected = same < whole.size() ? text(whole.events.get(same)) : "the end";
    String found = same < size() ? text(events.get(same)) : "the end";
    return new AssertionError("the stream of " + user + " from " + from + " to " + to
        + " depends on how it is cut: in polls with the limits " + split + " and the rest, after "
        + same + " events comes " + found + ", in one poll " + expected + " (seed " + seed + ")");
  }

  private static String text(ClientEvent event) {
    String room = event.room().map(id -> " in " + id).orElse("");
    return event.id().orElseThrow() + " " + event.type() + room;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Streamed that && ids().equals(that.ids());
  }

  @Override
  public int hashCode() {
    return ids().hashCode();
  }
}
