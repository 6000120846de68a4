package io.github.matrixsync.store.postgres.internal.device;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import io.github.matrixsync.store.postgres.internal.entry.CoalescingRole;
import io.github.matrixsync.store.postgres.internal.entry.EntryReads;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;

/** The changed device lists on PostgreSQL. Thread-safe. */
public final class DeviceListRole extends CoalescingRole<UserId, DeviceListChange>
    implements SettableDeviceListStore {
  private final TableWriter<DeviceListChange, UserId, DeviceListChange, Long> writer;

  /** Opens the role. */
  public DeviceListRole(Database database, Schema schema, Heads heads, Hints hints) {
    this(new DeviceListTable(schema), database, schema, heads, hints);
  }

  private DeviceListRole(
      DeviceListTable table, Database database, Schema schema, Heads heads, Hints hints) {
    super(
        StreamNumber.DEVICE_LISTS,
        heads,
        hints,
        new EntryReads<>(
            database,
            schema,
            StreamNumber.DEVICE_LISTS,
            new EntryReads.Form<>(DeviceListTable.COLUMNS, UserId::value, table)));
    writer = new TableWriter<>(database, schema, table);
  }

  @Override
  public long set(UserId user) {
    requireOpen();
    TableWriter.Written<UserId, DeviceListChange, Long> written =
        writer.write(new DeviceListChange(0, user));
    written(written.draft());
    return written.result();
  }
}
