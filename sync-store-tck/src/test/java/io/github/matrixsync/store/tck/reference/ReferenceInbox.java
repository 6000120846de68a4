package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.ToDeviceMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** An inbox as plainly as it can be written: a list of messages, which several instances may share. Thread-safe. */
public class ReferenceInbox implements SettableToDeviceInbox {
  /** What all instances share. Guarded by its own monitor. */
  public static final class Storage {
    public final List<ToDeviceMessage> rows = new ArrayList<>();
    public final Map<List<Object>, Long> handedOut = new HashMap<>();
    public final List<ReferenceInbox> instances = new ArrayList<>();
    public long last;
  }

  public final Storage storage;
  public final ReferenceListeners listeners = new ReferenceListeners();
  public final List<BiConsumer<UserId, DeviceId>> onMessage = new CopyOnWriteArrayList<>();
  public volatile boolean signals = true;
  public volatile long watermark;

  @SuppressWarnings("this-escape") // Others only tell it of messages.
  public ReferenceInbox(Storage storage) {
    this.storage = storage;
    synchronized (storage) {
      storage.instances.add(this);
      watermark = storage.last;
    }
  }

  public static List<Object> device(UserId user, DeviceId device) {
    return List.of(user, device);
  }

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public long refresh() {
    take();
    return watermark();
  }

  /** Shows what is stored, and tells the listeners of what is new. */
  public void take() {
    List<ToDeviceMessage> added;
    synchronized (storage) {
      added = storage.rows.stream().filter(row -> row.position() > watermark).toList();
      watermark = storage.last;
    }
    if (!added.isEmpty()) {
      listeners.call();
      added.forEach(row -> tell(row.user(), row.device()));
    }
  }

  public void tell(UserId user, DeviceId device) {
    for (BiConsumer<UserId, DeviceId> listener : onMessage) {
      try {
        listener.accept(user, device);
      } catch (RuntimeException ignored) {
        // The contract: a listener's failure harms nobody.
      }
    }
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return listeners.add(listener);
  }

  @Override
  public Registration onMessage(BiConsumer<UserId, DeviceId> listener) {
    BiConsumer<UserId, DeviceId> own = listener::accept;
    onMessage.add(own);
    return () -> onMessage.remove(own);
  }

  @Override
  public List<ToDeviceMessage> messages(
      UserId user, DeviceId device, long after, long upTo, int limit) {
    synchronized (storage) {
      List<ToDeviceMessage> found = of(user, device).stream()
          .filter(row -> row.position() > after && row.position() <= upTo)
          .limit(limit)
          .toList();
      found.forEach(
          row -> storage.handedOut.merge(device(user, device), row.position(), Math::max));
      return found;
    }
  }

  /** Returns a device's messages in their order. Under the storage's monitor. */
  public List<ToDeviceMessage> of(UserId user, DeviceId device) {
    return storage.rows.stream()
        .filter(row -> row.user().equals(user) && row.device().equals(device))
        .toList();
  }

  @Override
  public long acknowledge(UserId user, DeviceId device, long upTo) {
    synchronized (storage) {
      long handedOut = storage.handedOut.getOrDefault(device(user, device), 0L);
      delete(user, device, Math.min(upTo, handedOut));
      List<ToDeviceMessage> left = of(user, device);
      long before = left.isEmpty() ? upTo : Math.min(upTo, left.get(0).position() - 1);
      return Math.min(before, watermark());
    }
  }

  public void delete(UserId user, DeviceId device, long upTo) {
    storage.rows.removeAll(
        of(user, device).stream().filter(row -> row.position() <= upTo).toList());
  }

  @Override
  public List<Long> send(List<ToDeviceMessage> messages) {
    List<Long> positions = store(messages);
    List<ReferenceInbox> reached;
    synchronized (storage) {
      reached = storage.instances.stream()
          .filter(instance -> instance == this || instance.signals)
          .toList();
    }
    reached.forEach(ReferenceInbox::take);
    return positions;
  }

  public List<Long> store(List<ToDeviceMessage> messages) {
    synchronized (storage) {
      List<Long> positions = new ArrayList<>();
      for (ToDeviceMessage message : messages) {
        storage.rows.add(message.withPosition(++storage.last));
        positions.add(storage.last);
      }
      return List.copyOf(positions);
    }
  }

  @Override
  public void remove(UserId user, DeviceId device) {
    synchronized (storage) {
      delete(user, device, Long.MAX_VALUE);
      storage.handedOut.remove(device(user, device));
    }
  }
}
