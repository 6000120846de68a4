package io.github.matrixsync.store.postgres.internal.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.stream.Watermark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The to-device messages on PostgreSQL. A read stores the position of its last message before it returns, so that any
 * node can acknowledge the messages. Thread-safe.
 */
public final class ToDeviceRole implements SettableToDeviceInbox {
  private static final int FIRST = ProvenRead.HEAD_COLUMNS + 1;

  private record Found(ToDeviceMessage message, long handedOut) {}

  private final TableWriter<
          List<ToDeviceMessage>, ToDeviceTable.Device, ToDeviceTable.Inbox, List<Long>>
      writer;
  private final PlainTables tables;
  private final Watermark watermark;
  private final Heads heads;
  private final Hints hints;
  private final ProvenRead read;
  private final String messages;
  private final String handOut;
  private final String acknowledge;
  private final String oldest;
  private final String remove;
  private final ChangeListeners<DeviceId> listeners;

  /** Opens the role. */
  public ToDeviceRole(Database database, Schema schema, Heads heads, Hints hints) {
    this.heads = heads;
    this.hints = hints;
    writer = new TableWriter<>(database, schema, new ToDeviceTable(schema));
    tables = new PlainTables(database, schema);
    watermark = heads.watermark(StreamNumber.TO_DEVICE);
    listeners = new ChangeListeners<>(
        database,
        schema,
        heads,
        new ChangeListeners.Entries<>(StreamNumber.TO_DEVICE, "device", DeviceId::parse));
    read = new ProvenRead(database, schema, StreamNumber.TO_DEVICE);
    messages = read.with(schema.sql("""
        SELECT m.position, m.sender, m.type, m.content, i.handed_out FROM @to_device_inbox i
        CROSS JOIN LATERAL (SELECT position, sender, type, content FROM @to_device_message
          WHERE subject = i.subject AND device = i.device AND position > ? AND position <= ?
          ORDER BY position LIMIT ?) m
        WHERE i.subject = ? AND i.device = ?"""));
    handOut = schema.sql("UPDATE @to_device_inbox SET handed_out = ?"
        + " WHERE subject = ? AND device = ? AND handed_out < ?");
    acknowledge = schema.sql("""
        DELETE FROM @to_device_message WHERE subject = ? AND device = ? AND position <= least(?,
          (SELECT handed_out FROM @to_device_inbox WHERE subject = ? AND device = ?))""");
    oldest = schema.sql("SELECT position FROM @to_device_message WHERE subject = ? AND device = ?"
        + " ORDER BY position LIMIT 1");
    remove = schema.sql("DELETE FROM @to_device_message WHERE subject = ? AND device = ?");
  }

  @Override
  public long watermark() {
    tables.requireOpen();
    return watermark.position();
  }

  @Override
  public long refresh() {
    tables.requireOpen();
    heads.look();
    return watermark.position();
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    tables.requireOpen();
    return watermark.onAdvance(listener);
  }

  @Override
  public Registration onMessage(BiConsumer<UserId, DeviceId> listener) {
    tables.requireOpen();
    return listeners.add(listener);
  }

  @Override
  public List<ToDeviceMessage> messages(
      UserId user, DeviceId device, long after, long upTo, int limit) {
    tables.requireOpen();
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, got " + limit);
    }
    if (after > upTo || upTo > watermark.position()) {
      throw new IllegalArgumentException("(" + after + ", " + upTo
          + "] does not end at or below the watermark " + watermark.position());
    }
    List<Found> rows = new ArrayList<>(read.rows(
        "reading to-device messages",
        ProvenRead.Bounds.upTo(upTo),
        row -> new Found(
            new ToDeviceMessage(
                row.getLong(FIRST),
                user,
                device,
                UserId.parse(row.getString(FIRST + 1)),
                TextCodec.decode(row.getBytes(FIRST + 2)),
                RawJson.of(row.getBytes(FIRST + 3))),
            row.getLong(FIRST + 4)),
        messages,
        after,
        upTo,
        limit,
        user.value(),
        device.value()));
    rows.sort(Comparator.comparingLong(row -> row.message.position()));
    if (!rows.isEmpty()) {
      Found last = rows.get(rows.size() - 1);
      handOut(user, device, last.message.position(), last.handedOut);
    }
    return rows.stream().map(Found::message).toList();
  }

  private void handOut(UserId user, DeviceId device, long position, long before) {
    if (position > before) {
      tables.write(
          "handing out to-device messages",
          statements -> statements.add(handOut, position, user.value(), device.value(), position));
    }
  }

  @Override
  public long acknowledge(UserId user, DeviceId device, long upTo) {
    tables.requireOpen();
    long known = Math.min(upTo, watermark.position());
    if (upTo <= 0) {
      return known;
    }
    Optional<Long> next = tables.writeAndRead(
        "acknowledging to-device messages",
        statements -> statements
            .add(acknowledge, user.value(), device.value(), upTo, user.value(), device.value())
            .add(oldest, user.value(), device.value()),
        row -> row.getLong(1));
    return next.map(position -> Math.min(known, position - 1)).orElse(known);
  }

  @Override
  public List<Long> send(List<ToDeviceMessage> batch) {
    tables.requireOpen();
    List<ToDeviceMessage> sent = List.copyOf(batch);
    if (sent.isEmpty()) {
      return List.of();
    }
    TableWriter.Written<ToDeviceTable.Device, ToDeviceTable.Inbox, List<Long>> written =
        writer.write(sent);
    Draft<ToDeviceTable.Device, ToDeviceTable.Inbox> draft = written.draft();
    listeners.written(
        draft.floor(),
        draft.position(),
        own -> draft.changed().keySet().forEach(device -> own.tell(device.user(), device.id())));
    hints.send(StreamNumber.TO_DEVICE, draft.position());
    return written.result();
  }

  @Override
  public void remove(UserId user, DeviceId device) {
    tables.write(
        "removing to-device messages",
        statements -> statements.add(remove, user.value(), device.value()));
  }

  /** Refuses every later call. */
  public void close() {
    tables.close();
  }
}
