package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.store.SettableRoomDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * This server's room aliases. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Aliases {
  private static final String CANONICAL = "m.room.canonical_alias";
  private static final String ALIAS = "alias";

  private final SettableRoomDirectory directory;
  private final String serverName;
  private final Map<RoomAlias, UserId> creators = new ConcurrentHashMap<>();

  public Aliases(SettableRoomDirectory directory, String serverName) {
    this.directory = directory;
    this.serverName = serverName;
  }

  /** Parses an alias that this server can have. */
  public RoomAlias parse(String text) {
    RoomAlias alias = Ids.id(text, RoomAlias::parseStrict);
    if (!text.substring(text.indexOf(':') + 1).equals(serverName)) {
      throw ApiError.badParameter("not a room alias of this server");
    }
    return alias;
  }

  /** Returns the alias with a local name, by the same rule. */
  public RoomAlias local(String name) {
    return parse("#" + name + ":" + serverName);
  }

  /** Returns the room with an id or an alias. */
  public RoomId room(String idOrAlias) {
    if (!idOrAlias.startsWith("#")) {
      return Ids.id(idOrAlias, RoomId::parse);
    }
    return require(Ids.id(idOrAlias, RoomAlias::parse));
  }

  public RoomId require(RoomAlias alias) {
    return directory
        .resolve(alias)
        .orElseThrow(() -> ApiError.notFound("Room alias " + alias + " not found."));
  }

  /** Returns a room's aliases in the order of their names. */
  public List<RoomAlias> of(RoomId room) {
    Set<RoomAlias> aliases = directory.aliases(List.of(room)).getOrDefault(room, Set.of());
    return aliases.stream().sorted().toList();
  }

  /** Creates a room with an alias, unless the alias is taken. */
  public synchronized RoomId make(
      UserId creator, Optional<RoomAlias> alias, Supplier<RoomId> maker) {
    alias.ifPresent(name -> requireFree(name, 400, "M_ROOM_IN_USE"));
    RoomId room = maker.get();
    alias.ifPresent(name -> put(name, room, creator, 400, "M_ROOM_IN_USE"));
    return room;
  }

  public synchronized void add(RoomAlias alias, RoomId room, UserId creator) {
    requireFree(alias, 409, "M_UNKNOWN");
    put(alias, room, creator, 409, "M_UNKNOWN");
  }

  /** Gives a room an alias, unless another server on the same directory was faster. */
  private void put(RoomAlias alias, RoomId room, UserId creator, int status, String errcode) {
    if (!directory.addAlias(room, alias)) {
      throw taken(status, errcode);
    }
    creators.put(alias, creator);
  }

  public synchronized void remove(RoomAlias alias) {
    directory.removeAlias(alias);
    creators.remove(alias);
  }

  /** Returns whether a user created this alias. */
  public boolean isBy(RoomAlias alias, UserId user) {
    return user.equals(creators.get(alias));
  }

  /** Returns whether a text is an alias of a room. */
  public boolean isOf(String text, RoomId room) {
    return directory
        .resolve(Ids.id(text, RoomAlias::parse))
        .filter(room::equals)
        .isPresent();
  }

  /**
   * Refuses a canonical alias that is not an alias of the room.
   *
   * @param draft any
   * @param names tests whether an alias is the room's
   */
  public static void requireCanonical(Draft draft, Predicate<String> names) {
    if (draft.type().equals(CANONICAL) && draft.stateKey().isPresent()) {
      Json.optionalString(draft.content().tree(), ALIAS)
          .filter(alias -> !alias.isEmpty() && !names.test(alias))
          .ifPresent(alias -> {
            throw ApiError.badParameter("Room alias " + alias + " does not point to the room");
          });
    }
  }

  /** Returns the draft that removes a canonical alias from a room; empty if it is not the canonical one. */
  public static Optional<Draft> withoutCanonical(RoomState room, RoomAlias alias) {
    JsonNode content = room.content(CANONICAL, "");
    if (!content.path(ALIAS).asString("").equals(alias.value())) {
      return Optional.empty();
    }
    ObjectNode without = ((ObjectNode) content).deepCopy();
    without.remove(ALIAS);
    return Optional.of(Draft.state(CANONICAL, "", Content.of(without)));
  }

  public boolean isTaken(RoomAlias alias) {
    return directory.resolve(alias).isPresent();
  }

  private void requireFree(RoomAlias alias, int status, String errcode) {
    if (isTaken(alias)) {
      throw taken(status, errcode);
    }
  }

  private static ApiError taken(int status, String errcode) {
    return ApiError.of(status, errcode, "Room alias already taken");
  }
}
