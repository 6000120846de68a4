package io.github.matrixsync.testkit;

import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.testkit.internal.server.Contents;
import io.github.matrixsync.testkit.internal.server.EventText;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a snapshot: what a client gets that starts without a token. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class SnapshotAssert extends AbstractAssert<SnapshotAssert, UserSnapshot> {
  SnapshotAssert(UserSnapshot snapshot) {
    super(snapshot, SnapshotAssert.class);
  }

  /** Asserts that the user is in a room. */
  public SnapshotAssert hasJoined(TestRoom room) {
    return hasMembership(room, Membership.JOIN);
  }

  /** Asserts that the user is invited to a room. */
  public SnapshotAssert isInvitedTo(TestRoom room) {
    return hasMembership(room, Membership.INVITE);
  }

  private SnapshotAssert hasMembership(TestRoom room, Membership expected) {
    Optional<Membership> membership = actual.room(room.id()).flatMap(RoomSnapshot::membership);
    if (!membership.equals(Optional.of(expected))) {
      throw failure(
          "%s",
          "in the snapshot of " + actual.user() + " the membership in " + room
              + " is " + membership.map(Membership::value).orElse("none") + ", expected "
              + expected.value() + "; the rooms are " + rooms());
    }
    return this;
  }

  /** Asserts that a room has exactly these messages, given by their texts, oldest first. */
  public SnapshotAssert hasMessages(TestRoom room, String... bodies) {
    List<String> found = actual.messages(room.id()).stream()
        .flatMap(event -> EventText.body(event).stream())
        .toList();
    if (!found.equals(List.of(bodies))) {
      throw failure(
          "%s",
          "in the snapshot of " + actual.user() + " the messages in " + room + " are "
              + quoted(found) + ", expected " + quoted(List.of(bodies)));
    }
    return this;
  }

  /** Asserts that a room has a state entry with this content; the order of the JSON members does not matter. */
  public SnapshotAssert hasState(TestRoom room, String type, String stateKey, String json) {
    Optional<ClientEvent> entry = actual.room(room.id()).stream()
        .flatMap(each -> each.state().stream())
        .filter(event -> event.type().equals(type))
        .filter(event -> EventText.stateKey(event).filter(stateKey::equals).isPresent())
        .findFirst();
    if (!entry.map(EventText::content).equals(Optional.of(Contents.parse(json).tree()))) {
      throw failure(
          "%s",
          "in the snapshot of " + actual.user() + " " + type + " "
              + Contents.quote(stateKey) + " in " + room + " is "
              + entry.map(event -> event.content().toString()).orElse("not there") + ", expected "
              + json);
    }
    return this;
  }

  private List<String> rooms() {
    return actual.answer().rooms().stream().map(room -> room.room().value()).toList();
  }

  private static List<String> quoted(List<String> texts) {
    return texts.stream().map(Contents::quote).toList();
  }
}
