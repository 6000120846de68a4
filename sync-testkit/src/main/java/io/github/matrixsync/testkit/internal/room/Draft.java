package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import java.util.Map;
import java.util.Optional;

/**
 * An event to be sent, before it has an id. Immutable.
 *
 * @param type the event's type
 * @param stateKey the state key; empty if the event is not a state event
 * @param json its content as JSON, which readers get byte for byte
 * @param content the members of that JSON object
 * @param redacts the event that it redacts; empty if it is not a redaction
 */
public record Draft(
    String type,
    Optional<String> stateKey,
    RawJson json,
    Map<String, Object> content,
    Optional<EventId> redacts) {
  /**
   * Returns a draft of an event that is not a state event.
   *
   * @throws IllegalArgumentException if the content is no JSON object
   */
  public static Draft message(String type, String content) {
    return of(type, Optional.empty(), content, Optional.empty());
  }

  /**
   * Returns a draft of a state event.
   *
   * @throws IllegalArgumentException if the content is no JSON object
   */
  public static Draft state(String type, String stateKey, String content) {
    return of(type, Optional.of(stateKey), content, Optional.empty());
  }

  /** Returns a draft of a member event. */
  public static Draft member(UserId subject, String content) {
    return state("m.room.member", subject.value(), content);
  }

  /** Returns a draft of a redaction. */
  public static Draft redaction(EventId target) {
    return of("m.room.redaction", Optional.empty(), "{}", Optional.of(target));
  }

  private static Draft of(
      String type, Optional<String> stateKey, String content, Optional<EventId> redacts) {
    return new Draft(type, stateKey, RawJson.of(content), Json.object(content), redacts);
  }
}
