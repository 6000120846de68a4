package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * The room versions that this server makes: the first one, for clients of the v1 API, and the last one whose events
 * are redacted alike. They differ in who may knock and in the first events of a room. Pure.
 *
 * @since 0.1.0
 */
public final class RoomVersions {
  public static final RoomVersion OLDEST = RoomVersion.V1;
  public static final RoomVersion NEWEST = RoomVersion.of("10");
  public static final List<RoomVersion> ALL = List.of(OLDEST, NEWEST);

  private static final int FIRST_WITH_KNOCKING = 7;

  private static final int FIRST_WITH_INTEGERS_ONLY = 6;

  private RoomVersions() {}

  /** Returns a version by its name. */
  public static RoomVersion parse(String name) {
    return ALL.stream()
        .filter(version -> version.value().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiError.of(
            400, "M_UNSUPPORTED_ROOM_VERSION", "the room version must be one of " + ALL));
  }

  /** Returns the version of the room that an {@code m.room.create} with this content created. */
  static RoomVersion of(JsonNode creation) {
    String name = creation.path("room_version").asString("");
    return ALL.stream()
        .filter(version -> version.value().equals(name))
        .findFirst()
        .orElse(OLDEST);
  }

  /**
   * Returns the first number of an event's content that events of a version may not have; empty if there is none. From
   * version 6 on numbers are integers of at most 53 bits.
   *
   * <p>Source: "Canonical JSON" of the Appendices, and room version 6.
   */
  static Optional<String> badNumber(RoomVersion version, Content content) {
    return version.rules() >= FIRST_WITH_INTEGERS_ONLY
        ? JsonText.firstInexact(content.json())
        : Optional.empty();
  }

  static boolean allowsKnocking(RoomVersion version) {
    return version.rules() >= FIRST_WITH_KNOCKING;
  }
}
