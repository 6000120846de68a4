package io.github.matrixsync.store.postgres.internal.device;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.postgres.internal.entry.SetTable;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** The positions at which users' devices last changed. Every call of {@code set} is a change. Immutable. */
final class DeviceListTable extends SetTable<UserId, DeviceListChange> {
  static final List<String> COLUMNS = List.of("subject", "position");

  DeviceListTable(Schema schema) {
    super(schema, StreamNumber.DEVICE_LISTS, COLUMNS, List.of("subject"));
  }

  @Override
  public DeviceListChange read(ResultSet row, int before) throws SQLException {
    return new DeviceListChange(row.getLong(before + 2), UserId.parse(row.getString(before + 1)));
  }

  @Override
  protected UserId entryOf(DeviceListChange change) {
    return change.user();
  }

  @Override
  protected Object[] keyParameters(Collection<DeviceListChange> changes) {
    return new Object[] {texts(changes, change -> change.user().value())};
  }

  @Override
  protected Object[] parameters(Collection<DeviceListChange> changes) {
    return new Object[] {
      texts(changes, change -> change.user().value()),
      longs(changes.stream().map(DeviceListChange::position).toList())
    };
  }

  @Override
  protected DeviceListChange at(DeviceListChange change, long position) {
    return new DeviceListChange(position, change.user());
  }

  @Override
  protected boolean isSame(DeviceListChange value, DeviceListChange present) {
    return value.user().equals(present.user());
  }

  @Override
  protected boolean isChange(DeviceListChange value, DeviceListChange present) {
    return true;
  }
}
