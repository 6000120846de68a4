package io.github.matrixsync.store.postgres.internal.read;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.append.ChangesCodec;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes events from rows with {@link EventColumns}, and puts the redactions that came with them in their place. Pure.
 */
final class EventRows {
  private static final int FIRST = ProvenRead.HEAD_COLUMNS + 1;

  /**
   * One row.
   *
   * @param target the event that this one redacts, if it was read as a redaction; else empty
   * @param again whether that redaction is redacted itself
   * @param ordinal the ordinal with which the event was found
   * @param stored the event, without its redaction
   */
  record Row(Optional<EventId> target, boolean again, int ordinal, StoredEvent stored) {}

  private EventRows() {}

  /** Reads one row. */
  static Row read(ResultSet row) throws SQLException {
    return read(row, 0);
  }

  /** Reads one row, whose columns begin behind this many others. */
  static Row read(ResultSet row, int behind) throws SQLException {
    int first = FIRST + behind;
    String target = row.getString(first);
    return new Row(
        target.isEmpty() ? Optional.empty() : Optional.of(EventId.parse(target)),
        row.getBoolean(first + 1),
        row.getInt(first + 2),
        stored(row, first + 3));
  }

  /** Returns the events that were found, each with the redaction that applies to it, in the order of the rows. */
  static List<Row> redacted(List<Row> rows) {
    Map<RoomId, Map<EventId, Redaction>> redactions = new HashMap<>();
    for (Row row : rows) {
      row.target()
          .ifPresent(target -> redactions
              .computeIfAbsent(row.stored().event().room(), room -> new HashMap<>())
              .put(target, new Redaction(row.stored().event(), row.again())));
    }
    List<Row> events = new ArrayList<>();
    for (Row row : rows) {
      if (row.target().isEmpty()) {
        RoomEvent event = row.stored().event();
        Redaction redaction = redactions.getOrDefault(event.room(), Map.of()).get(event.id());
        events.add(
            redaction == null
                ? row
                : new Row(
                    row.target(),
                    false,
                    row.ordinal(),
                    row.stored().withRedaction(Optional.of(redaction))));
      }
    }
    return events;
  }

  private static StoredEvent stored(ResultSet row, int first) throws SQLException {
    RoomEvent event = event(row, first);
    long position = row.getLong(first);
    String replaces = row.getString(first + 16);
    int visibility = row.getInt(first + 13);
    boolean isVisibilityKnown = !row.wasNull();
    return new StoredEvent(
        event,
        EnumCodec.of(EventKind.values(), row.getInt(first + 1)),
        position,
        row.getLong(first + 2),
        Optional.ofNullable(replaces).map(EventId::parse),
        ChangesCodec.decode(event, position, row.getBytes(first + 17)),
        isVisibilityKnown ? Optional.of(ChangesCodec.visibility(visibility)) : Optional.empty(),
        row.getBoolean(first + 18),
        Optional.empty());
  }

  private static RoomEvent event(ResultSet row, int first) throws SQLException {
    RoomEvent.Builder event = RoomEvent.builder(
        EventId.parse(row.getString(first + 6)),
        RoomId.parse(row.getString(first + 4)),
        UserId.parse(row.getString(first + 5)),
        TextCodec.decode(row.getBytes(first + 7)));
    event.originServerTs(row.getLong(first + 9)).json(RawJson.of(row.getBytes(first + 19)));
    if (row.getBoolean(first + 3)) {
      event.depth(row.getLong(first + 2));
    }
    byte[] stateKey = row.getBytes(first + 8);
    if (stateKey != null) {
      event.stateKey(TextCodec.decode(stateKey));
    }
    String redacts = row.getString(first + 10);
    if (redacts != null) {
      event.redacts(EventId.parse(redacts));
    }
    int membership = row.getInt(first + 11);
    if (!row.wasNull()) {
      event.membership(ChangesCodec.membership(membership));
    }
    int visibility = row.getInt(first + 12);
    if (!row.wasNull()) {
      event.historyVisibility(ChangesCodec.visibility(visibility));
    }
    long ageSince = row.getLong(first + 14);
    if (!row.wasNull()) {
      event.ageSince(Instant.ofEpochMilli(ageSince));
    }
    byte[] version = row.getBytes(first + 15);
    if (version != null) {
      event.roomVersion(RoomVersion.of(TextCodec.decode(version)));
    }
    byte[] relType = row.getBytes(first + 20);
    if (relType != null) {
      EventId parent = EventId.parse(row.getString(first + 21));
      event.relation(new Relation(TextCodec.decode(relType), parent));
    }
    return event.build();
  }
}
