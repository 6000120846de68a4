package io.github.matrixsync.store.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections a test makes. */
final class SuppliedSource implements DataSource {
  /** Makes a connection. */
  interface Supplier {
    Connection get() throws SQLException;
  }

  private final Supplier supplier;

  SuppliedSource(Supplier supplier) {
    this.supplier = supplier;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return supplier.get();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return supplier.get();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a wrapper");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
