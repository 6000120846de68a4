package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.VisibilityChange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state changes of an event as bytes, for a column that is read with the event. Of the event's own entry, which is
 * almost every change, neither the key nor the id is repeated. Pure.
 *
 * <p>Each change is a byte with its kind in the lowest two bits and the flags below, then the key if it is not the
 * event's own, then the id of the event that the entry becomes if it is another one, then two bytes for what was before
 * and is after. A text is its length in four bytes and the bytes of {@link TextCodec}.
 */
public final class ChangesCodec {
  private static final int ENTRY = 0;
  private static final int MEMBER = 1;
  private static final int VISIBILITY = 2;
  private static final int KIND = 3;
  private static final int OWN_KEY = 4;
  private static final int OWN_EVENT = 8;
  private static final int OTHER_EVENT = 16;
  private static final int BOUNDARY = 32;

  private ChangesCodec() {}

  /** Returns the bytes of an event's changes; null if there are none. */
  public static byte @Nullable [] encode(RoomEvent event, List<StateChange> changes) {
    if (changes.isEmpty()) {
      return null;
    }
    List<byte[]> parts = new ArrayList<>();
    for (StateChange change : changes) {
      encode(event, change, parts);
    }
    int length = parts.stream().mapToInt(part -> part.length).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    parts.forEach(all::put);
    return all.array();
  }

  /** Returns the changes that {@link #encode} made these bytes from. */
  public static List<StateChange> decode(RoomEvent event, long position, byte @Nullable [] bytes) {
    if (bytes == null) {
      return List.of();
    }
    List<StateChange> changes = new ArrayList<>(1);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      changes.add(decodeOne(event, position, rest));
    }
    return changes;
  }

  private static void encode(RoomEvent event, StateChange change, List<byte[]> parts) {
    boolean isOwnKey = change.type().equals(event.type())
        && event.stateKey().equals(Optional.of(change.stateKey()));
    int flags = isOwnKey ? OWN_KEY : 0;
    if (change.event().isPresent()) {
      flags |= change.event().get().equals(event.id()) ? OWN_EVENT : OTHER_EVENT;
    }
    if (change instanceof VisibilityChange visibility && visibility.boundary()) {
      flags |= BOUNDARY;
    }
    parts.add(new byte[] {(byte) (flags | kindOf(change))});
    if (!isOwnKey) {
      parts.add(text(change.type()));
      parts.add(text(change.stateKey()));
    }
    if ((flags & OTHER_EVENT) != 0) {
      parts.add(text(change.event().orElseThrow().value()));
    }
    if (change instanceof MemberChange member) {
      parts.add(new byte[] {
        (byte) EnumCodec.number(member.before()), (byte) EnumCodec.number(member.after())
      });
    } else if (change instanceof VisibilityChange visibility) {
      parts.add(new byte[] {
        (byte) EnumCodec.number(visibility.before()), (byte) EnumCodec.number(visibility.after())
      });
    }
  }

  private static int kindOf(StateChange change) {
    if (change instanceof MemberChange) {
      return MEMBER;
    }
    return change instanceof VisibilityChange ? VISIBILITY : ENTRY;
  }

  private static byte[] text(String text) {
    byte[] bytes = TextCodec.encode(text);
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  private static StateChange decodeOne(RoomEvent event, long position, ByteBuffer rest) {
    int flags = rest.get();
    boolean isOwnKey = (flags & OWN_KEY) != 0;
    String type = isOwnKey ? event.type() : text(rest);
    String stateKey = isOwnKey ? event.stateKey().orElseThrow() : text(rest);
    Optional<EventId> becomes = Optional.empty();
    if ((flags & OWN_EVENT) != 0) {
      becomes = Optional.of(event.id());
    } else if ((flags & OTHER_EVENT) != 0) {
      becomes = Optional.of(EventId.parse(text(rest)));
    }
    return switch (flags & KIND) {
      case MEMBER ->
        new MemberChange(
            position,
            UserId.parse(stateKey),
            membership(rest.get()),
            membership(rest.get()),
            becomes);
      case VISIBILITY ->
        new VisibilityChange(
            position,
            visibility(rest.get()),
            visibility(rest.get()),
            becomes,
            (flags & BOUNDARY) != 0);
      default -> new EntryChange(position, type, stateKey, becomes);
    };
  }

  private static String text(ByteBuffer rest) {
    byte[] bytes = new byte[rest.getInt()];
    rest.get(bytes);
    return TextCodec.decode(bytes);
  }

  /** Returns the membership with this number in the tables. */
  public static Membership membership(int number) {
    return EnumCodec.of(Membership.values(), number);
  }

  /** Returns the visibility with this number in the tables. */
  public static HistoryVisibility visibility(int number) {
    return EnumCodec.of(HistoryVisibility.values(), number);
  }
}
