package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** This server's room aliases. A name that is taken stays so. Thread-safe. */
final class Aliases {
  private final MemoryRoomDirectory directory;
  private final String serverName;

  Aliases(MemoryRoomDirectory directory, String serverName) {
    this.directory = directory;
    this.serverName = serverName;
  }

  /** Returns the alias that a text spells, if it is one of this server's. */
  RoomAlias parse(String text) {
    RoomAlias alias = Call.id(text, RoomAlias::parse);
    if (!text.endsWith(":" + serverName) || text.chars().anyMatch(Character::isWhitespace)) {
      throw ApiError.badParameter("not a room alias of this server");
    }
    return alias;
  }

  /** Returns the alias with a local name. */
  RoomAlias local(String name) {
    if (name.isEmpty() || name.contains(":") || name.contains("#")) {
      throw ApiError.badParameter("Invalid characters in room alias");
    }
    return parse("#" + name + ":" + serverName);
  }

  /** Returns the room that an id, or an alias, names. */
  RoomId room(String idOrAlias) {
    if (!idOrAlias.startsWith("#")) {
      return Call.id(idOrAlias, RoomId::parse);
    }
    return require(Call.id(idOrAlias, RoomAlias::parse));
  }

  RoomId require(RoomAlias alias) {
    return directory
        .resolve(alias)
        .orElseThrow(() -> ApiError.notFound("Room alias " + alias + " not found."));
  }

  /** Returns a room's aliases in the order of their names. */
  List<RoomAlias> of(RoomId room) {
    Set<RoomAlias> aliases = directory.aliases(List.of(room)).getOrDefault(room, Set.of());
    return aliases.stream().sorted().toList();
  }

  /** Makes a room and gives it an alias, if the alias is free; only then the room is made. */
  synchronized RoomId make(Optional<RoomAlias> alias, Supplier<RoomId> maker) {
    alias.ifPresent(name -> requireFree(name, 400, "M_ROOM_IN_USE"));
    RoomId room = maker.get();
    alias.ifPresent(name -> directory.addAlias(room, name));
    return room;
  }

  synchronized void add(RoomAlias alias, RoomId room) {
    requireFree(alias, 409, "M_UNKNOWN");
    directory.addAlias(room, alias);
  }

  synchronized void remove(RoomAlias alias) {
    directory.removeAlias(alias);
  }

  boolean isTaken(RoomAlias alias) {
    return directory.resolve(alias).isPresent();
  }

  private void requireFree(RoomAlias alias, int status, String errcode) {
    if (isTaken(alias)) {
      throw ApiError.of(status, errcode, "Room alias already taken");
    }
  }
}
