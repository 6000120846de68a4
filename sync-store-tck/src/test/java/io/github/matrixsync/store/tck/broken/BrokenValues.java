package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Events;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A storage whose reads change a part of every event, as columns of a type that does not fit do. */
public final class BrokenValues extends ReferenceLog {
  private final UnaryOperator<RoomEvent> change;

  private BrokenValues(UnaryOperator<RoomEvent> change) {
    this.change = change;
  }

  public static BrokenValues writtenAnew() {
    return new BrokenValues(event ->
        copy(event).json(RawJson.of(event.json().toString().replace(" ", ""))).build());
  }

  public static BrokenValues cutJson() {
    return new BrokenValues(event -> copy(event)
        .json(RawJson.of(event.json().toByteArray(), 0, Math.min(event.json().length(), 65_535)))
        .build());
  }

  public static BrokenValues otherSender() {
    return new BrokenValues(event -> copy(event, Events.ALICE, event.redacts()).build());
  }

  public static BrokenValues withoutRedacts() {
    return new BrokenValues(
        event -> copy(event, event.sender(), Optional.empty()).build());
  }

  public static BrokenValues timesInSeconds() {
    return new BrokenValues(event ->
        copy(event).originServerTs(event.originServerTs() / 1_000 * 1_000).build());
  }

  public static BrokenValues instantsInSeconds() {
    return new BrokenValues(event -> {
      RoomEvent.Builder copy = copy(event);
      event.ageSince().ifPresent(since -> copy.ageSince(since.truncatedTo(ChronoUnit.SECONDS)));
      return copy.build();
    });
  }

  public static BrokenValues timesAsDoubles() {
    return new BrokenValues(event ->
        copy(event).originServerTs((long) (double) event.originServerTs()).build());
  }

  public static BrokenValues depthsAsDoubles() {
    return new BrokenValues(event -> {
      RoomEvent.Builder copy = copy(event);
      event.depth().ifPresent(depth -> copy.depth((long) (double) depth));
      return copy.build();
    });
  }

  /** Changes what UTF-8 has no bytes for, or what PostgreSQL's texts cannot hold. */
  public static BrokenValues texts(boolean surrogates) {
    UnaryOperator<String> column = surrogates
        ? text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        : text -> text.replace("\0", "");
    return new BrokenValues(event -> {
      RoomEvent.Builder copy = RoomEvent.builder(
              event.id(), event.room(), event.sender(), column.apply(event.type()))
          .originServerTs(event.originServerTs())
          .json(event.json());
      copyParts(event, event.redacts(), copy);
      event.roomVersion().ifPresent(copy::roomVersion);
      event.stateKey().map(column).ifPresent(copy::stateKey);
      return copy.build();
    });
  }

  public static BrokenValues withoutVersion() {
    return new BrokenValues(event -> {
      RoomEvent.Builder copy = RoomEvent.builder(
              event.id(), event.room(), event.sender(), event.type())
          .originServerTs(event.originServerTs())
          .json(event.json());
      copyParts(event, event.redacts(), copy);
      return copy.build();
    });
  }

  @Override
  public StoredEvent view(StoredEvent row) {
    StoredEvent view = super.view(row);
    return new StoredEvent(
        change.apply(view.event()),
        view.kind(),
        view.position(),
        view.depth(),
        view.replaces(),
        view.changes(),
        view.visibility(),
        view.subjectKnows(),
        view.redaction());
  }

  public static RoomEvent.Builder copy(RoomEvent event) {
    return copy(event, event.sender(), event.redacts());
  }

  private static RoomEvent.Builder copy(RoomEvent event, UserId sender, Optional<EventId> redacts) {
    RoomEvent.Builder copy = RoomEvent.builder(event.id(), event.room(), sender, event.type())
        .originServerTs(event.originServerTs())
        .json(event.json());
    copyParts(event, redacts, copy);
    event.roomVersion().ifPresent(copy::roomVersion);
    return copy;
  }

  private static void copyParts(
      RoomEvent event, Optional<EventId> redacts, RoomEvent.Builder copy) {
    event.stateKey().ifPresent(copy::stateKey);
    event.depth().ifPresent(copy::depth);
    redacts.ifPresent(copy::redacts);
    event.membership().ifPresent(copy::membership);
    event.historyVisibility().ifPresent(copy::historyVisibility);
    event.ageSince().ifPresent(copy::ageSince);
  }
}
