package io.github.matrixsync.law.sync;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** The streams of a random host beside its rooms' events. Confined to one thread. */
final class SideHost {
  final MemoryPresenceStore presence = MemoryPresenceStore.create();
  final MemoryTypingStore typing = MemoryTypingStore.create();
  final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();

  /** What these streams say now. */
  final SideState now = new SideState();

  /** Makes one random change of another stream, and returns it in words. */
  String write(Random random) {
    String user = SyncWorld.pick(SyncWorld.USERS, random);
    UserId id = UserId.parse(user);
    String room = SyncWorld.pick(SyncWorld.ROOMS, random);
    RoomId there = RoomId.parse(room);
    switch (random.nextInt(4)) {
      case 0 -> {
        PresenceState state = PresenceState.values()[random.nextInt(PresenceState.values().length)];
        presence.set(new PresenceChange(
            0, id, state, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        now.put(SideState.presence(user), state.name().toLowerCase(Locale.ROOT));
        return user + " is " + state;
      }
      case 1 -> {
        boolean types = random.nextBoolean();
        if (types) {
          typing.start(there, id, Instant.MAX);
        } else {
          typing.stop(there, id);
        }
        now.setTyping(room, user, types);
        return user + " types in " + room + ": " + types;
      }
      case 2 -> {
        String type = random.nextBoolean() ? "m.read" : "m.read.private";
        String event = "$" + (1 + random.nextInt(9)) + ":h";
        receipts.set(
            new ReceiptChange(0, there, id, type, EventId.parse(event), Instant.ofEpochMilli(7)));
        now.put(SideState.receipt(room, user, type), event);
        return user + " has " + type + " in " + room + " at " + event;
      }
      default -> {
        boolean isGlobal = random.nextBoolean();
        String type = "x.d" + random.nextInt(2);
        String value = String.valueOf(random.nextInt(9));
        accountData.set(new AccountDataChange(
            0,
            id,
            isGlobal ? Optional.empty() : Optional.of(there),
            type,
            RawJson.of("{\"value\":\"" + value + "\"}")));
        now.put(SideState.data(user, isGlobal ? null : room, type), "{value=" + value + "}");
        return user + " has " + type + (isGlobal ? "" : " in " + room) + " " + value;
      }
    }
  }
}
