package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import java.time.Instant;
import java.util.Optional;

/**
 * An event to be sent, before it has an id.
 *
 * @param type the event's type
 * @param stateKey present iff it sets a state entry
 * @param content its content
 * @param redacts the event that it redacts
 * @param time its {@code origin_server_ts}; the present time if it is empty
 * @since 0.1.0
 */
public record Draft(
    String type,
    Optional<String> stateKey,
    Content content,
    Optional<EventId> redacts,
    Optional<Instant> time) {
  public static Draft message(String type, Content content) {
    return new Draft(type, Optional.empty(), content, Optional.empty(), Optional.empty());
  }

  public static Draft state(String type, String stateKey, Content content) {
    return new Draft(type, Optional.of(stateKey), content, Optional.empty(), Optional.empty());
  }

  public static Draft redaction(EventId target, Content content) {
    return new Draft(
        "m.room.redaction", Optional.empty(), content, Optional.of(target), Optional.empty());
  }

  public static Draft member(UserId subject, Content content) {
    return state(RoomEvent.MEMBER, subject.value(), content);
  }

  /** Returns this draft with the {@code origin_server_ts} that an application service gave it. */
  public Draft withTime(Instant given) {
    return new Draft(type, stateKey, content, redacts, Optional.of(given));
  }

  /** Returns whether both set the same state entry. */
  public boolean setsWhat(Draft other) {
    return stateKey.isPresent() && stateKey.equals(other.stateKey) && type.equals(other.type);
  }

  /** Returns the membership that a member event sets. */
  public Membership membership() {
    return Membership.parse(content.tree().path("membership").asString(""));
  }
}
