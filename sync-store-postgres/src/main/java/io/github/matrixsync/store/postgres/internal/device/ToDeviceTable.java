package io.github.matrixsync.store.postgres.internal.device;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.EntryTable;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inboxes of devices. An inbox keeps the position of its last message, so that the head of the stream does not go
 * back when messages are removed. Immutable.
 */
final class ToDeviceTable
    implements EntryTable<
        List<ToDeviceMessage>, ToDeviceTable.Device, ToDeviceTable.Inbox, List<Long>> {
  /** A device. */
  record Device(UserId user, DeviceId id) {
    static Device of(ToDeviceMessage message) {
      return new Device(message.user(), message.device());
    }
  }

  /**
   * A device's inbox.
   *
   * @param position the position of the last message
   * @param last the last message; null if it was removed
   * @param added the messages that this transaction adds
   */
  record Inbox(
      Device device, long position, @Nullable ToDeviceMessage last, List<ToDeviceMessage> added) {}

  private final String inboxes;
  private final String upsert;
  private final String insert;

  ToDeviceTable(Schema schema) {
    inboxes = schema.sql("""
        SELECT a.subject, a.device, t.position, m.sender, m.type, m.content
        FROM unnest(?, ?) a (subject, device)
        CROSS JOIN LATERAL (SELECT position FROM @to_device_inbox
          WHERE subject = a.subject AND device = a.device LIMIT 1) t
        LEFT JOIN LATERAL (SELECT sender, type, content FROM @to_device_message
          WHERE position = t.position LIMIT 1) m ON true""");
    upsert = schema.sql("INSERT INTO @to_device_inbox (subject, device, position) "
        + Statements.rows(3)
        + " ON CONFLICT (subject, device) DO UPDATE SET position = excluded.position");
    insert = schema.sql(
        "INSERT INTO @to_device_message (position, subject, device, sender, type, content) "
            + Statements.rows(6));
  }

  @Override
  public StreamNumber stream() {
    return StreamNumber.TO_DEVICE;
  }

  @Override
  public long size(List<ToDeviceMessage> messages) {
    return messages.stream().mapToLong(message -> message.content().length()).sum();
  }

  @Override
  public void addReads(Statements statements, List<List<ToDeviceMessage>> batches) {
    Set<Device> devices = new LinkedHashSet<>();
    batches.forEach(batch -> batch.forEach(message -> devices.add(Device.of(message))));
    statements.add(
        inboxes,
        texts(devices, device -> device.user().value()),
        texts(devices, device -> device.id().value()));
  }

  @Override
  public void read(Results results, Draft<Device, Inbox> draft) throws SQLException {
    ResultSet row = results.next();
    while (row.next()) {
      Device device = new Device(UserId.parse(row.getString(1)), DeviceId.parse(row.getString(2)));
      draft.read(device, new Inbox(device, row.getLong(3), last(row, device), List.of()));
    }
  }

  private static @Nullable ToDeviceMessage last(ResultSet row, Device device) throws SQLException {
    String sender = row.getString(4);
    return sender == null
        ? null
        : new ToDeviceMessage(
            row.getLong(3),
            device.user(),
            device.id(),
            UserId.parse(sender),
            TextCodec.decode(row.getBytes(5)),
            RawJson.of(row.getBytes(6)));
  }

  @Override
  public List<Long> apply(List<ToDeviceMessage> messages, Draft<Device, Inbox> draft) {
    List<Long> positions = new ArrayList<>(messages.size());
    for (ToDeviceMessage message : messages) {
      Device device = Device.of(message);
      ToDeviceMessage placed = message.withPosition(draft.nextPosition());
      Inbox before = draft.get(device);
      List<ToDeviceMessage> added =
          before == null ? new ArrayList<>() : new ArrayList<>(before.added());
      added.add(placed);
      draft.put(device, new Inbox(device, placed.position(), placed, List.copyOf(added)));
      positions.add(placed.position());
    }
    return List.copyOf(positions);
  }

  @Override
  public void addRows(
      Statements statements, Draft<Device, Inbox> draft, Collection<Inbox> changed) {
    statements.add(
        upsert,
        texts(changed, inbox -> inbox.device().user().value()),
        texts(changed, inbox -> inbox.device().id().value()),
        longs(changed.stream().map(Inbox::position).toList()));
    List<ToDeviceMessage> added =
        changed.stream().flatMap(inbox -> inbox.added().stream()).toList();
    statements.add(
        insert,
        longs(added.stream().map(ToDeviceMessage::position).toList()),
        texts(added, message -> message.user().value()),
        texts(added, message -> message.device().value()),
        texts(added, message -> message.sender().value()),
        bytes(added.stream().map(message -> TextCodec.encode(message.type())).toList()),
        bytes(added.stream().map(message -> message.content().toByteArray()).toList()));
  }

  @Override
  public Plan.Outcome find(Device device, Inbox row, Draft<Device, Inbox> later) {
    Inbox present = later.get(device);
    if (present == null || present.position() < row.position()) {
      return Plan.Outcome.NOT_STORED;
    }
    if (present.position() > row.position() || present.last() == null) {
      return Plan.Outcome.OVERWRITTEN;
    }
    return present.last().equals(row.last()) ? Plan.Outcome.STORED : Plan.Outcome.NOT_STORED;
  }
}
