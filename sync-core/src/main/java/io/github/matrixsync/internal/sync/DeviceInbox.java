package io.github.matrixsync.internal.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.follow.ToDeviceFollower;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.sync.SyncOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and acknowledges the messages to the device that asks. A token's part is the position up to which the device
 * has its messages: that of the last message sent, or, if no more are pending, that of the answer. An answer for which
 * nothing was read leaves the part where it was, so a message of which this node learns late is not passed over.
 * Thread-safe.
 *
 * <p>Source: "Send-to-Device messaging" of the Client-Server API.
 */
final class DeviceInbox {
  /** The most messages of one answer. */
  static final int LIMIT = 100;

  private static final int REMEMBERED = 10_000;

  private final ToDeviceFollower follower;
  private final boolean isPresent;

  /** Up to where devices have nothing left to acknowledge, so that the same token does so once. */
  private final Cache<Device, Long> acknowledged =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  private record Device(UserId user, DeviceId id) {}

  DeviceInbox(StreamFollowers followers) {
    follower = followers.toDevice();
    isPresent = followers.stores().has(EphemeralStream.TO_DEVICE);
  }

  /**
   * The messages of one answer.
   *
   * @param events in the order of arrival; absent without a device or an inbox
   * @param end the token at which the answer ends, with its to-device part
   */
  record Pending(Optional<List<ClientEvent>> events, StreamToken end) {}

  /** Returns whether a request has nothing to acknowledge that was not acknowledged before. Does no I/O. */
  boolean isAcknowledged(UserId user, SyncOptions options, StreamToken since) {
    Device device = device(user, options);
    return device == null || since.toDevice() == 0 || since.toDevice() <= upTo(device);
  }

  /**
   * Removes the messages that a device has, by the token that it shows. The inbox keeps those that were not handed out,
   * so a token of another user or device removes nothing that is still to be sent. May block.
   */
  void acknowledge(UserId user, SyncOptions options, StreamToken since) {
    Device device = device(user, options);
    if (device != null && !isAcknowledged(user, options, since)) {
      long through = follower.inbox().acknowledge(user, device.id(), since.toDevice());
      acknowledged.asMap().merge(device, through, Math::max);
    }
  }

  /**
   * Returns the messages that come after a token.
   *
   * @param viewer who asks, and where the rest of the answer ends
   * @param after 0 in its to-device part: all that are pending
   */
  Pending read(ViewerContext viewer, StreamToken after, StoreReads reads) {
    StreamToken end = viewer.end();
    UserId user = viewer.user();
    long from = after.toDevice();
    Device device = device(user, viewer.options());
    if (device == null) {
      return new Pending(Optional.empty(), at(end, from));
    }
    long upTo = end.toDevice();
    if (upTo <= from || !follower.mayHaveMessages(user, device.id(), from)) {
      return new Pending(Optional.of(List.of()), at(end, from));
    }
    reads.require();
    List<ToDeviceMessage> messages =
        follower.inbox().messages(user, device.id(), from, upTo, LIMIT);
    long through =
        messages.size() < LIMIT ? upTo : messages.get(messages.size() - 1).position();
    return new Pending(
        Optional.of(messages.stream()
            .map(message -> EphemeralEvents.toDevice(message).at(viewer.now()))
            .toList()),
        at(end, through));
  }

  private static StreamToken at(StreamToken end, long position) {
    return end.toDevice() == position
        ? end
        : end.withPart(EphemeralStream.TO_DEVICE.part(), position);
  }

  private long upTo(Device device) {
    return Objects.requireNonNullElse(acknowledged.getIfPresent(device), 0L);
  }

  private @Nullable Device device(UserId user, SyncOptions options) {
    return isPresent ? options.device().map(id -> new Device(user, id)).orElse(null) : null;
  }
}
