package io.github.matrixsync.store.postgres.torture;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The connections of the processes of a run. Their application names tell the faults whom they hit. */
final class Connections {
  private Connections() {}

  /** Returns a pool. */
  static HikariDataSource pool(String url, String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(direct(url, name));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(4_000);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Returns a source of single connections. */
  static DataSource direct(String url, String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setApplicationName(name);
    source.setConnectTimeout(5);
    return source;
  }
}
