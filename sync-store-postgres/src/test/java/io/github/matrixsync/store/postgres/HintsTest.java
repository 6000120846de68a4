package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.model.Append;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whether hints that a node sends are known to come back. */
class HintsTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  /** A hint can be back before its sender has the server's answer to having sent it. */
  @Test
  void hints_backBeforeTheirSenderIsDone_arrive() throws InterruptedException {
    String schema = DATABASE.newSchema();
    SlowSenders senders = new SlowSenders(DATABASE.dataSource(), schema);
    try (PostgresStore store = PostgresStore.builder(senders.dataSource())
        .schema(schema)
        .lookInterval(Duration.ofMillis(200))
        .open()) {
      senders.awaitLooks(3);

      store.events().append(List.of(Append.live(Sample.message("a"))));
      senders.awaitLooks(3);

      assertThat(store.health().hints()).isEqualTo(PostgresHealth.Hints.ARRIVE);
    }
  }

  /** Has whoever sends a hint wait until the thread that listens has looked because of it. */
  private static final class SlowSenders {
    private final DataSource source;
    private final String listening;
    private final Semaphore looks = new Semaphore(0);
    private volatile CountDownLatch nextLook = new CountDownLatch(0);

    SlowSenders(DataSource source, String schema) {
      this.source = source;
      listening = "matrix-sync-postgres-" + schema;
    }

    DataSource dataSource() {
      return proxy(DataSource.class, (method, arguments) -> {
        @Nullable Object result = call(source, method, arguments);
        if (!(result instanceof Connection connection)) {
          return result;
        }
        if (Thread.currentThread().getName().equals(listening)) {
          looks.release();
          nextLook.countDown();
          return connection;
        }
        return slow(connection);
      });
    }

    private Connection slow(Connection connection) {
      return proxy(Connection.class, (method, arguments) -> {
        if (method.getName().equals("prepareStatement")
            && String.valueOf(arguments[0]).contains("pg_notify")) {
          nextLook = new CountDownLatch(1);
        } else if (method.getName().equals("close")) {
          awaitLook();
        }
        return call(connection, method, arguments);
      });
    }

    private void awaitLook() throws SQLException {
      try {
        if (!nextLook.await(10, TimeUnit.SECONDS)) {
          throw new SQLException("nobody looked");
        }
      } catch (InterruptedException e) {
        throw new SQLException(e);
      }
    }

    void awaitLooks(int number) throws InterruptedException {
      looks.drainPermits();
      assertThat(looks.tryAcquire(number, 30, TimeUnit.SECONDS)).isTrue();
    }

    private interface Handler {
      @Nullable Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
      return type.cast(Proxy.newProxyInstance(
          type.getClassLoader(),
          new Class<?>[] {type},
          (self, method, arguments) -> handler.handle(method, arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments)
        throws Throwable {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw Objects.requireNonNull(e.getCause());
      }
    }
  }
}
