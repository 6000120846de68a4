package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.memory.change.Listeners;
import io.github.matrixsync.store.memory.change.PendingMessages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * The to-device messages on the heap; lost with the process. Listeners are called on the sending thread. Thread-safe;
 * never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryToDeviceInbox implements SettableToDeviceInbox {
  private record Device(UserId user, DeviceId id) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Device, PendingMessages> pending = new HashMap<>(); // guarded by lock
  private final Listeners<Runnable> onAdvance = new Listeners<>();
  private final Listeners<BiConsumer<UserId, DeviceId>> onMessage = new Listeners<>();
  private final long retainedAfter;
  private volatile long watermark; // written under lock

  private MemoryToDeviceInbox(long firstPosition) {
    if (firstPosition < 1) {
      throw new IllegalArgumentException(
          "a first position must be at least 1, got " + firstPosition);
    }
    retainedAfter = firstPosition - 1;
    watermark = retainedAfter;
  }

  /** Returns an empty inbox whose first position is 1. */
  public static MemoryToDeviceInbox create() {
    return startingAt(1);
  }

  /**
   * Returns an empty inbox that begins at this position. Positions below count as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryToDeviceInbox startingAt(long firstPosition) {
    return new MemoryToDeviceInbox(firstPosition);
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public long retainedAfter() {
    return retainedAfter;
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return onAdvance.add(listener);
  }

  @Override
  public Registration onMessage(BiConsumer<UserId, DeviceId> listener) {
    return onMessage.add(listener);
  }

  @Override
  public List<ToDeviceMessage> messages(
      UserId user, DeviceId device, long after, long upTo, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, got " + limit);
    }
    if (after > upTo || upTo > watermark) {
      throw new IllegalArgumentException(
          "(" + after + ", " + upTo + "] does not end at or below the watermark " + watermark);
    }
    lock.lock();
    try {
      PendingMessages messages = pending.get(new Device(user, device));
      return messages == null ? List.of() : messages.handOut(after, upTo, limit);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long acknowledge(UserId user, DeviceId device, long upTo) {
    lock.lock();
    try {
      PendingMessages messages = pending.get(new Device(user, device));
      return Math.min(watermark, messages == null ? upTo : messages.acknowledge(upTo));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Long> send(List<ToDeviceMessage> messages) {
    List<ToDeviceMessage> batch = List.copyOf(messages);
    List<Long> positions = new ArrayList<>(batch.size());
    Set<Device> devices = new LinkedHashSet<>();
    lock.lock();
    try {
      long position = watermark;
      for (ToDeviceMessage message : batch) {
        Device device = new Device(message.user(), message.device());
        pending
            .computeIfAbsent(device, key -> new PendingMessages())
            .add(message.withPosition(++position));
        devices.add(device);
        positions.add(position);
      }
      watermark = position;
    } finally {
      lock.unlock();
    }
    if (!batch.isEmpty()) {
      onAdvance.call(Runnable::run);
      devices.forEach(
          device -> onMessage.call(listener -> listener.accept(device.user, device.id)));
    }
    return List.copyOf(positions);
  }

  @Override
  public void remove(UserId user, DeviceId device) {
    lock.lock();
    try {
      pending.remove(new Device(user, device));
    } finally {
      lock.unlock();
    }
  }
}
