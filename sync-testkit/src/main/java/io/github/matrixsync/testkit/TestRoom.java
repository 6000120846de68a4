package io.github.matrixsync.testkit;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.testkit.internal.server.Contents;
import java.util.List;
import java.util.Optional;

/**
 * A room of a world. By default everybody may join it, and its members may read its history. The methods that change
 * the room act as its creator and obey the room's rules. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TestRoom {
  private final MatrixWorld world;
  private final RoomId id;
  private final TestUser creator;
  private final String name;

  TestRoom(MatrixWorld world, RoomId id, TestUser creator, String name) {
    this.world = world;
    this.id = id;
    this.creator = creator;
    this.name = name;
  }

  /** Returns the room's id, such as {@code !here:test}. */
  public RoomId id() {
    return id;
  }

  /** Returns the name that the room was created with, which is the local part of its id. */
  public String name() {
    return name;
  }

  RoomId idIn(MatrixWorld acting) {
    if (acting != world) {
      throw new IllegalStateException(id + " is a room of another world");
    }
    return id;
  }

  /** Lets users join; if the room is not public, the creator invites them first. Returns this room. */
  public TestRoom with(TestUser... users) {
    for (TestUser user : users) {
      if (!world.rooms.isPublic(id) && world.rooms.membership(id, user.id()) != Membership.INVITE) {
        creator.invites(this, user);
      }
      user.joins(this);
    }
    return this;
  }

  /** Sets the join rule to {@code invite}. Returns this room. */
  public TestRoom inviteOnly() {
    creator.sets(this, "m.room.join_rules", "", "{\"join_rule\":\"invite\"}");
    return this;
  }

  /** Sets who may read the room's events from now on. Returns this room. */
  public TestRoom history(HistoryVisibility visibility) {
    String content = "{\"history_visibility\":" + Contents.quote(visibility.value()) + "}";
    creator.sets(this, "m.room.history_visibility", "", content);
    return this;
  }

  /** Sets a user's power level. Returns this room. */
  public TestRoom power(TestUser user, long level) {
    String what = creator.name() + " gives " + user.name() + " power " + level + " in " + name;
    world.act(what, () -> {
      user.requireIn(world);
      return world.rooms.power(id, creator.id(), user.id(), level);
    });
    return this;
  }

  /**
   * Gives the room an alias, such as {@code #x:test}. Returns this room.
   *
   * @throws IllegalArgumentException if it is not a valid alias, or belongs to another room
   */
  public TestRoom alias(String alias) {
    String what = name + " gets the alias " + alias;
    return world.act(what, () -> {
      RoomAlias parsed = RoomAlias.parse(alias);
      if (!world.server.directory().addAlias(id, parsed)) {
        throw new IllegalArgumentException(alias + " names another room");
      }
      Draft canonical = Draft.state("m.room.canonical_alias", "", Contents.of("alias", alias));
      world.rooms.send(id, creator.id(), canonical);
      return this;
    });
  }

  /** Returns the content of a state entry; empty if there is none. */
  public Optional<RawJson> state(String type, String stateKey) {
    return world.rooms.state(id, type, stateKey);
  }

  /** Returns the users who are joined to the room, in the order of their first memberships. */
  public List<UserId> members() {
    return world.rooms.joined(id);
  }

  @Override
  public String toString() {
    return id.value();
  }
}
