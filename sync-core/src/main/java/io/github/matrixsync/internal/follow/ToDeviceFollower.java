package io.github.matrixsync.internal.follow;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.device.ToDeviceInbox;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Follows the messages to devices: remembers up to where each device got messages, and wakes their users. It reads no
 * message; only the looks of the device concerned do.
 */
public final class ToDeviceFollower extends Follower {
  /** The maximum number of devices that are remembered. */
  static final int MAX_DEVICES = 10_000;

  private final ToDeviceInbox inbox;
  private final FollowerContext context;
  private final Map<Device, Long> newest = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<UserId> unwoken = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long knownAfter;
  private volatile Registration messages = () -> {};

  private record Device(UserId user, DeviceId id) {}

  ToDeviceFollower(ToDeviceInbox inbox, FollowerContext context) {
    super(EphemeralStream.TO_DEVICE.label(), inbox, context);
    this.inbox = inbox;
    this.context = context;
    knownAfter = published();
  }

  /** Returns the messages. */
  public ToDeviceInbox inbox() {
    return inbox;
  }

  /**
   * Returns whether a device may have messages after a position: it got some, or it is not known. A message of which
   * this node is told late makes this true later. Does no I/O.
   */
  public boolean mayHaveMessages(UserId user, DeviceId device, long after) {
    return newest.getOrDefault(new Device(user, device), 0L) > after || after < knownAfter;
  }

  @Override
  void start() {
    messages = inbox.onMessage(this::arrived);
    super.start();
  }

  @Override
  public void close() {
    messages.close();
    super.close();
  }

  @Override
  void read(long after, long upTo, WakeUpTargets targets) {
    publish(upTo);
  }

  private void arrived(UserId user, DeviceId device) {
    remember(new Device(user, device));
    unwoken.add(user);
    if (scheduled.compareAndSet(false, true)) {
      try {
        context.threads().execute(this::wake);
      } catch (Throwable e) {
        scheduled.set(false);
        throw e;
      }
    }
  }

  /** If there are too many devices, all are forgotten, and have their messages read once. */
  private synchronized void remember(Device device) {
    long position = inbox.watermark();
    if (newest.size() >= MAX_DEVICES) {
      knownAfter = position;
      newest.clear();
    }
    newest.merge(device, position, Math::max);
  }

  /** Wakes the users, once the messages are followed. If that fails, their polls look again when it succeeds. */
  private void wake() {
    scheduled.set(false);
    try {
      catchUp();
    } catch (Throwable e) {
      // It is logged, and the next refresh is soon.
    }
    WakeUpTargets targets = new WakeUpTargets();
    @Nullable UserId user = unwoken.poll();
    while (user != null) {
      targets.addUser(user);
      user = unwoken.poll();
    }
    if (!targets.isEmpty()) {
      context.waker().wake(targets);
    }
  }
}
