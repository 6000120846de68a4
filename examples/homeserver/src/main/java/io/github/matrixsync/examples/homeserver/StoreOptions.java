package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.PostgresSchema;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** The options of the command line that say where events are stored. Confined to one thread. */
final class StoreOptions {
  private static final String BEGINNING = "jdbc:postgresql:";
  private static final String FORM = "jdbc:postgresql://HOST/DATABASE";

  @Option(
      names = "--store",
      defaultValue = "memory",
      paramLabel = "memory|postgres",
      description = "where events, and what belongs to them, are stored (${DEFAULT-VALUE})")
  private String store = "memory";

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description = "the database of --store=postgres: " + FORM)
  private @Nullable String url;

  @Option(names = "--jdbc-user", paramLabel = "NAME", description = "its user, if not in the URL")
  private @Nullable String user;

  @Option(
      names = "--jdbc-password",
      paramLabel = "PASSWORD",
      description = "its password, if neither in the URL nor in ~/.pgpass")
  private @Nullable String password;

  @Option(
      names = "--schema",
      defaultValue = PostgresSchema.DEFAULT_NAME,
      paramLabel = "NAME",
      description = "the schema of its tables, made if there is none (${DEFAULT-VALUE})")
  private String schema = PostgresSchema.DEFAULT_NAME;

  /**
   * Opens the stores.
   *
   * @throws IllegalArgumentException if an option is wrong; it says which
   * @throws StoreException if the database cannot be used
   */
  Stores open() {
    return switch (store) {
      case "memory" -> {
        if (url != null) {
          throw new IllegalArgumentException("--jdbc-url needs --store=postgres");
        }
        yield Stores.inMemory();
      }
      case "postgres" -> Stores.onPostgres(database(), schema);
      default -> throw new IllegalArgumentException("--store is memory or postgres, not " + store);
    };
  }

  private PGSimpleDataSource database() {
    if (url == null) {
      throw new IllegalArgumentException("--store=postgres needs --jdbc-url=" + FORM);
    }
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setApplicationName("matrix homeserver example");
    try {
      if (!url.startsWith(BEGINNING)) {
        throw new IllegalArgumentException("not of this driver");
      }
      database.setUrl(url);
    } catch (IllegalArgumentException e) {
      // Without the URL, which may have a password.
      throw new IllegalArgumentException("--jdbc-url has the form " + FORM, e);
    }
    if (user != null) {
      database.setUser(user);
    }
    if (password != null) {
      database.setPassword(password);
    }
    return database;
  }

  /** Returns one line that says why the store cannot be opened, and what to look at. */
  static String explained(StoreException failure) {
    return "cannot open the store: " + String.valueOf(failure.getMessage()).replace('\n', ' ')
        + " - check --jdbc-url, --jdbc-user, --jdbc-password and --schema";
  }
}
