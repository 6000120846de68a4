package io.github.matrixsync.homeserver.people;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.room.Rooms;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Display names and avatars, whose changes become a member event in each of the user's rooms, and a presence entry;
 * and other fields.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Profiles {
  /**
   * One user's profile.
   *
   * @since 0.1.0
   */
  public record Profile(Optional<String> displayName, Optional<String> avatarUrl) {
    static final Profile NONE = new Profile(Optional.empty(), Optional.empty());

    public ObjectNode json() {
      ObjectNode json = Json.object();
      displayName.ifPresent(name -> json.put("displayname", name));
      avatarUrl.ifPresent(url -> json.put("avatar_url", url));
      return json;
    }
  }

  private final Rooms rooms;
  private final Presences presences;
  private final Map<UserId, Profile> profiles = new ConcurrentHashMap<>();
  private final Map<UserId, ObjectNode> others = new ConcurrentHashMap<>();

  public Profiles(Rooms rooms, Presences presences) {
    this.rooms = rooms;
    this.presences = presences;
  }

  public Profile of(UserId user) {
    return profiles.getOrDefault(user, Profile.NONE);
  }

  /** Returns the fields beside name and avatar, which are shown in no room; not to be changed. */
  public ObjectNode otherFields(UserId user) {
    return others.getOrDefault(user, Json.object());
  }

  /** Sets one of the fields beside name and avatar; a missing node removes it. */
  public void setOtherField(UserId user, String name, JsonNode value) {
    others.compute(user, (id, old) -> otherFields(old).set(name, value));
  }

  private static ObjectNode otherFields(@Nullable ObjectNode old) {
    return old == null ? Json.object() : old.deepCopy();
  }

  /** Returns the content of a member event, with the user's profile. */
  public Content member(UserId user, String membership) {
    return Content.of(of(user).json().put("membership", membership));
  }

  /**
   * Changes a profile and sends it to the user's rooms, one change after the other, so that the last one sent is the
   * current one.
   */
  public synchronized void change(UserId user, UnaryOperator<Profile> change) {
    Profile before = of(user);
    Profile after = change.apply(before);
    if (after.equals(before)) {
      return;
    }
    profiles.put(user, after);
    presences.profile(user, after.displayName(), after.avatarUrl());
    for (RoomId room : rooms.joinedBy(user)) {
      rooms.showProfile(room, user, member(user, "join"));
    }
  }
}
