package io.github.matrixsync.testkit;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.testkit.internal.server.Comparison;
import io.github.matrixsync.testkit.internal.server.Contents;
import io.github.matrixsync.testkit.internal.server.EventText;
import io.github.matrixsync.testkit.internal.server.Sighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what a user saw: the entries of the user's stream since the user was created. When an action has
 * returned, the stream contains everything that the action caused, so no assertion has to wait. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class UserAssert extends AbstractAssert<UserAssert, TestUser> {
  private Optional<RoomId> room = Optional.empty();
  private long after;

  UserAssert(TestUser user) {
    super(user, UserAssert.class);
  }

  /** Restricts the assertions to one room. */
  public UserAssert inRoom(TestRoom one) {
    return inRoom(one.idIn(actual.world()));
  }

  /** Restricts the assertions to one room. */
  public UserAssert inRoom(RoomId one) {
    room = Optional.of(one);
    return this;
  }

  /** Restricts the assertions to what was seen after a mark. */
  public UserAssert since(Mark mark) {
    if (mark.world != actual.world()) {
      throw new IllegalStateException("the mark is of another world");
    }
    after = mark.lastSighting;
    return this;
  }

  /**
   * Asserts that exactly these messages were seen, given by their texts, in this order, whoever sent them. It says
   * nothing of other entries, and covers what was seen up to the last of these messages.
   */
  public UserAssert sawMessages(String... bodies) {
    List<Sighting> messages = seen(EventText::isMessage);
    List<Expected> expected = Arrays.stream(bodies)
        .map(body -> Expected.of(
            Contents.quote(body),
            event -> EventText.body(event).filter(body::equals).isPresent()))
        .toList();
    requireAll(expected, messages, "other messages than expected");
    return seenUpTo(messages);
  }

  /**
   * Asserts that exactly these entries were seen, in this order. The first events of a room are left out: its creation,
   * the creator's join, and its first power levels, join rule and history visibility.
   */
  public UserAssert saw(Expected... expected) {
    requireAll(List.of(expected), seen(this::counts), "something else than expected");
    return seenAll();
  }

  /** Asserts that these entries were seen in this order, possibly with others in between. */
  public UserAssert sawAtLeast(Expected... expected) {
    List<Sighting> seen = seen(this::counts);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      if (found.size() < expected.length
          && expected[found.size()].matches(seen.get(i).event())) {
        found.add(i);
      }
    }
    if (found.size() < expected.length) {
      String heading =
          heading("did not see " + expected[found.size()] + ", number " + (found.size() + 1));
      throw failed("%s", Comparison.ofSome(heading, Expected.texts(expected), seen, found));
    }
    return seenUpTo(found.stream().map(seen::get).toList());
  }

  /** Asserts that nothing was seen except the first events of rooms. */
  public UserAssert sawNothing() {
    return saw();
  }

  /**
   * Asserts that nothing was seen after what earlier assertions about this user covered, in this room or in all rooms.
   */
  public UserAssert sawNothingMore() {
    List<Sighting> more = seen(this::counts).stream()
        .filter(sighting -> sighting.number() > actual.asserted().in(room))
        .filter(sighting ->
            sighting.number() > actual.asserted().in(sighting.event().room()))
        .toList();
    requireAll(List.of(), more, "more than was asserted");
    return this;
  }

  /**
   * Asserts that the user may read an event now.
   *
   * @throws RuntimeException if the engine cannot read it, for example because {@link MatrixWorld#storeFails} makes
   *     this read fail
   */
  public UserAssert canSee(EventId event) {
    if (actual.event(event).isEmpty()) {
      throw failed("%s", actual + " cannot see " + event + ", but should" + story());
    }
    return this;
  }

  /**
   * Asserts that the event does not exist, or that the user may not read it now.
   *
   * @throws RuntimeException as {@link #canSee}
   */
  public UserAssert cannotSee(EventId event) {
    if (actual.event(event).isPresent()) {
      throw failed("%s", actual + " can see " + event + ", but should not" + story());
    }
    return this;
  }

  /**
   * Asserts that the user has a poll open. A bridge that failed while it handled an event has none, and its failure is
   * not visible otherwise, because a future swallows the exceptions of its callbacks.
   */
  public UserAssert isListening() {
    if (!actual.isListening()) {
      throw failed(
          "%s",
          actual + " has no poll open; did the bridge fail while it handled an event?" + story());
    }
    return this;
  }

  /** Asserts that the user has no poll open. */
  public UserAssert isNotListening() {
    if (actual.isListening()) {
      throw failed("%s", actual + " has a poll open, but should not");
    }
    return this;
  }

  private List<Sighting> seen(Predicate<ClientEvent> which) {
    return actual.sightings().stream()
        .filter(sighting -> sighting.number() > after)
        .filter(sighting -> room.isEmpty() || room.equals(sighting.event().room()))
        .filter(sighting -> which.test(sighting.event()))
        .toList();
  }

  private boolean counts(ClientEvent event) {
    return event.id().isEmpty() || !actual.world().rooms.isOfCreation(event.id().get());
  }

  private void requireAll(List<Expected> expected, List<Sighting> seen, String what) {
    int same = 0;
    int shorter = Math.min(expected.size(), seen.size());
    while (same < shorter && expected.get(same).matches(seen.get(same).event())) {
      same++;
    }
    if (same < expected.size() || same < seen.size()) {
      List<String> texts = expected.stream().map(Expected::toString).toList();
      throw failed("%s", Comparison.of(heading("saw " + what), texts, seen, same));
    }
  }

  private UserAssert seenAll() {
    actual.asserted().advance(room, actual.world().server.watchers.lastSighting());
    return this;
  }

  private UserAssert seenUpTo(List<Sighting> covered) {
    long last = covered.isEmpty() ? 0 : covered.get(covered.size() - 1).number();
    actual.asserted().advance(room, last);
    return this;
  }

  private String heading(String what) {
    return actual + room.map(id -> " in " + id).orElse("") + " " + what + ":";
  }

  private String story() {
    return "\n" + actual.world().story();
  }

  private AssertionError failed(String format, Object... arguments) {
    return actual.world().failed(failure(format, arguments));
  }
}
