package io.github.matrixsync.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A way to a server on which connections can be cut or fall silent, now or when a commit passes. Thread-safe. */
final class TestProxy implements AutoCloseable {
  /** What happens when the next commit comes from a client. */
  enum Commit {
    /** The server does not get it; both ends find their connection broken. */
    CUT_BEFORE,
    /** The server gets it; the client finds its connection broken. */
    CUT_AFTER,
    /** The server does not get it before {@link #resume}; nobody is told. */
    HOLD
  }

  private static final String SYNC = "S\0\0\0\4";

  private record Plan(Commit commit, Runnable then) {}

  private final ServerSocket listening;
  private final int target;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Plan> next = new AtomicReference<>();

  /** Opens a way to the server at a port of this machine. */
  TestProxy(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Opens a way to the server of a data source. */
  static TestProxy to(DataSource source) {
    return new TestProxy(((PGSimpleDataSource) source).getPortNumbers()[0]);
  }

  /** Returns a source like another, whose connections go this way. */
  PGSimpleDataSource source(DataSource like) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(((PGSimpleDataSource) like).getUrl());
    source.setUser(((PGSimpleDataSource) like).getUser());
    source.setPassword(((PGSimpleDataSource) like).getPassword());
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {listening.getLocalPort()});
    return source;
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * Says what happens to the next commit.
   *
   * @param then runs when it has happened, before the client is told by its broken connection
   */
  void atNextCommit(Commit commit, Runnable then) {
    next.set(new Plan(commit, then));
  }

  /** Lets nothing pass on the connections that are open now. */
  void stall() {
    links.forEach(link -> link.passing = new CountDownLatch(1));
  }

  /** Lets everything pass again. */
  void resume() {
    links.forEach(link -> link.passing.countDown());
  }

  /** Cuts the connections that are open now. */
  void cut() {
    links.forEach(Link::close);
  }

  @Override
  public void close() {
    closeQuietly(listening);
    cut();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Link link = new Link(listening.accept());
        links.add(link);
        start(() -> link.pump(link.client, link.server, true));
        start(() -> link.pump(link.server, link.client, false));
      }
    } catch (IOException e) {
      // The proxy was closed.
    }
  }

  private static void start(Runnable pump) {
    Thread thread = new Thread(pump, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closed) {
    try {
      closed.close();
    } catch (Exception e) {
      // It is closed now.
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile CountDownLatch passing = new CountDownLatch(0);

    Link(Socket client) throws IOException {
      this.client = client;
      server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    private void close() {
      closeQuietly(server);
      closeQuietly(client);
      passing.countDown();
      links.remove(this);
    }

    private void pump(Socket from, Socket to, boolean isRequest) {
      byte[] buffer = new byte[1 << 16];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        int length = in.read(buffer);
        while (length >= 0) {
          Plan plan = isRequest && isCommit(buffer, length) ? next.getAndSet(null) : null;
          if (plan != null && plan.commit() == Commit.HOLD) {
            passing = new CountDownLatch(1);
            plan.then().run();
          }
          passing.await();
          if (plan == null || plan.commit() != Commit.CUT_BEFORE) {
            out.write(buffer, 0, length);
          }
          while (plan != null && plan.commit() == Commit.CUT_AFTER && !isWhole(buffer, length)) {
            length = in.read(buffer);
            out.write(buffer, 0, length);
          }
          if (plan != null && plan.commit() != Commit.HOLD) {
            passing = new CountDownLatch(1); // The answer does not pass either.
            closeQuietly(server);
            plan.then().run();
            close();
            return;
          }
          length = in.read(buffer);
        }
      } catch (IOException | InterruptedException e) {
        // The other end is told by the closed socket.
      }
      if (passing.getCount() == 0) {
        close();
      }
    }

    /** Returns whether bytes end with the message that ends a request. */
    private boolean isWhole(byte[] bytes, int length) {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).endsWith(SYNC);
    }

    private boolean isCommit(byte[] bytes, int length) {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
    }
  }
}
