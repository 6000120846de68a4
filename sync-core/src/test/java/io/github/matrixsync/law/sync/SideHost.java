package io.github.matrixsync.law.sync;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryDeviceListStore;
import io.github.matrixsync.store.memory.MemoryNotificationCounts;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The streams of a random host beside its rooms' events. Confined to one thread. */
final class SideHost {
  final MemoryPresenceStore presence = MemoryPresenceStore.create();
  final MemoryTypingStore typing = MemoryTypingStore.create();
  final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();

  final MemoryToDeviceInbox inbox = MemoryToDeviceInbox.create();
  final MemoryDeviceListStore deviceLists;
  final MemoryNotificationCounts counts = MemoryNotificationCounts.create();

  /** What these streams say now. */
  final SideState now = new SideState();

  /** The to-device messages and the changes of devices. */
  final DeviceLog devices = new DeviceLog();

  /** By user and room, the positions of these streams when the counts were last set. */
  private final Map<String, List<Long>> counted = new HashMap<>();

  private int messages;

  /** Creates a host whose first change of devices has the given position. */
  SideHost(long firstChange) {
    deviceLists = MemoryDeviceListStore.startingAt(firstChange);
  }

  UnreadCounts counts(String user, String room) {
    RoomId there = RoomId.parse(room);
    return counts.counts(UserId.parse(user), List.of(there), 0).get(there);
  }

  /** Returns whether a user's counts of a room may have been set since a token. */
  boolean isCounted(String user, String room, String token) {
    List<Long> set = counted.get(user + room);
    long[] parts = SyncAnswer.parts(token);
    return set != null && IntStream.range(0, set.size()).noneMatch(i -> parts[i + 1] > set.get(i));
  }

  /** Returns the positions of the streams, in the order of tokens. */
  private List<Long> positions() {
    return Stream.<PositionedStream>of(presence, typing, receipts, accountData, inbox, deviceLists)
        .map(PositionedStream::watermark)
        .toList();
  }

  /** Makes one random change of another stream, and returns it in words. */
  String write(Random random) {
    String user = SyncWorld.pick(SyncWorld.USERS, random);
    UserId id = UserId.parse(user);
    String room = SyncWorld.pick(SyncWorld.ROOMS, random);
    RoomId there = RoomId.parse(room);
    return switch (random.nextInt(8)) {
      case 0 -> setPresence(user, id, random);
      case 1 -> {
        boolean types = random.nextBoolean();
        if (types) {
          typing.start(there, id, Instant.MAX);
        } else {
          typing.stop(there, id);
        }
        now.setTyping(room, user, types);
        yield user + " types in " + room + ": " + types;
      }
      case 2 -> read(room, user, random);
      case 3 -> setData(room, user, random);
      case 4 -> send(random);
      case 5 -> {
        devices.change(deviceLists.set(id), user);
        yield user + " has other devices";
      }
      default -> {
        String change = count(room, SyncWorld.USERS.get(random.nextInt(3)), random);
        yield random.nextBoolean() ? change : change + ", " + read(room, user, random);
      }
    };
  }

  private String setPresence(String user, UserId id, Random random) {
    PresenceState state = PresenceState.values()[random.nextInt(PresenceState.values().length)];
    presence.set(new PresenceChange(
        0, id, state, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    now.put(SideState.presence(user), state.name().toLowerCase(Locale.ROOT));
    return user + " is " + state;
  }

  private String read(String room, String user, Random random) {
    String type = random.nextBoolean() ? "m.read" : "m.read.private";
    String event = "$" + (1 + random.nextInt(9)) + ":h";
    String thread = random.nextBoolean() ? null : SideState.thread(event);
    receipts.set(new ReceiptChange(
        0,
        RoomId.parse(room),
        UserId.parse(user),
        type,
        Optional.ofNullable(thread),
        EventId.parse(event),
        Instant.ofEpochMilli(7)));
    now.put(SideState.receipt(room, user, type, thread), event);
    return user + " has " + type + " in " + room + " at " + event + " in thread " + thread;
  }

  private String setData(String room, String user, Random random) {
    boolean isGlobal = random.nextBoolean();
    String type = "x.d" + random.nextInt(2);
    String value = String.valueOf(random.nextInt(9));
    accountData.set(new AccountDataChange(
        0,
        UserId.parse(user),
        isGlobal ? Optional.empty() : Optional.of(RoomId.parse(room)),
        type,
        RawJson.of("{\"value\":\"" + value + "\"}")));
    now.put(SideState.data(user, isGlobal ? null : room, type), "{value=" + value + "}");
    return user + " has " + type + (isGlobal ? "" : " in " + room) + " " + value;
  }

  /** Sends one to-device message, or more than one answer may have. */
  private String send(Random random) {
    String user = SyncWorld.USERS.get(random.nextInt(3));
    String device = "D" + random.nextInt(2);
    int size = random.nextInt(20) == 0 ? 70 + random.nextInt(150) : 1 + random.nextInt(2);
    List<ToDeviceMessage> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(new ToDeviceMessage(
          0,
          UserId.parse(user),
          DeviceId.parse(device),
          UserId.parse("@far:elsewhere"),
          "m.test",
          RawJson.of("{\"n\":\"" + ++messages + "\"}")));
    }
    List<Long> positions = inbox.send(batch);
    for (int i = 0; i < size; i++) {
      devices.send(user, device, positions.get(i), String.valueOf(messages - size + 1 + i));
    }
    return size + " messages to " + device + " of " + user;
  }

  private String count(String room, String user, Random random) {
    UnreadCounts unread = new UnreadCounts(
        new UnreadCounts.Count(random.nextInt(4), 0),
        Map.of(EventId.parse("$root:h"), new UnreadCounts.Count(random.nextInt(3), 0)));
    counts.set(UserId.parse(user), RoomId.parse(room), unread);
    counted.put(user + room, positions());
    return user + " has " + unread + " in " + room;
  }
}
