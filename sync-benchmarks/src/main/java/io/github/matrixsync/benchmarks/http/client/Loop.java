package io.github.matrixsync.benchmarks.http.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes all connections on one thread. It does no more work than reading a response takes, so that the
 * server is what is measured. The first failure ends the loop and fails every {@link #await}. Thread-safe.
 */
public final class Loop implements AutoCloseable {
  private static final int BUFFER = 512 << 10;

  /** Work for the loop's thread. */
  public interface Task {
    /** Does it. */
    void run() throws IOException;
  }

  private final InetSocketAddress server;
  private final Selector selector;
  private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final CompletableFuture<Object> failure = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Starts the thread. */
  Loop(InetSocketAddress server) throws IOException {
    this.server = server;
    selector = Selector.open();
    thread = new Thread(this::run, "load");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens {@code count} connections. */
  public List<Connection> connect(int count) {
    List<Connection> connections = new ArrayList<>(count);
    call(() -> {
      for (int i = 0; i < count; i++) {
        connections.add(connect());
      }
    });
    return connections;
  }

  /** Runs a task on the loop's thread and waits until it is done. */
  public void call(Task task) {
    CompletableFuture<@Nullable Object> done = new CompletableFuture<>();
    execute(() -> {
      task.run();
      done.complete(null);
    });
    await(done);
  }

  /** Runs a task on the loop's thread without waiting for it. */
  private void execute(Task task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Waits for {@code done}, and fails if the loop has failed. */
  public void await(CompletableFuture<?> done) {
    CompletableFuture.anyOf(done, failure).join();
  }

  /** Closes all connections and ends the thread. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Connection connect() throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    Connection connection = new Connection(channel, key);
    key.attach(connection);
    return connection;
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::serve);
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      }
      for (SelectionKey key : selector.keys()) {
        ((Connection) key.attachment()).close();
      }
      selector.close();
    } catch (IOException | RuntimeException e) {
      failure.completeExceptionally(e);
    }
  }

  private void serve(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        connection.write();
      }
      if (key.isValid() && key.isReadable()) {
        connection.read(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
