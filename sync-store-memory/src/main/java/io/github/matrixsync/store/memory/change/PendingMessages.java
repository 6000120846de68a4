package io.github.matrixsync.store.memory.change;

import io.github.matrixsync.store.device.ToDeviceMessage;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The messages to one device that it has not acknowledged (rules TD1 to TD3). Guarded by the lock of its store. */
public final class PendingMessages {
  private final NavigableMap<Long, ToDeviceMessage> byPosition = new TreeMap<>();
  private long handedOut;

  /** Adds a message, whose position is the highest so far. */
  public void add(ToDeviceMessage message) {
    byPosition.put(message.position(), message);
  }

  /** Hands out the messages in {@code (after, upTo]}, at most {@code limit}. */
  public List<ToDeviceMessage> handOut(long after, long upTo, int limit) {
    List<ToDeviceMessage> messages = byPosition.subMap(after, false, upTo, true).values().stream()
        .limit(limit)
        .toList();
    if (!messages.isEmpty()) {
      handedOut = Math.max(handedOut, messages.get(messages.size() - 1).position());
    }
    return messages;
  }

  /** Removes what was handed out at or below {@code upTo}. Returns up to where nothing is left, at most that. */
  public long acknowledge(long upTo) {
    byPosition.headMap(Math.min(upTo, handedOut), true).clear();
    return byPosition.isEmpty() ? upTo : Math.min(upTo, byPosition.firstKey() - 1);
  }
}
