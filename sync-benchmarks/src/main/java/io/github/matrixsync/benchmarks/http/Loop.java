package io.github.matrixsync.benchmarks.http;

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
 * One thread that serves any number of connections: no more work than it takes to read the answers, so that the server
 * is what is measured. The first failure ends the loop, and fails whoever waits. Thread-safe.
 */
final class Loop implements AutoCloseable {
  private static final int BUFFER = 512 << 10;

  /** Something to be done on the loop's thread. */
  interface Task {
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

  /** Opens so many connections. */
  List<Connection> connect(int count) {
    List<Connection> connections = new ArrayList<>(count);
    call(() -> {
      for (int i = 0; i < count; i++) {
        connections.add(connect());
      }
    });
    return connections;
  }

  /** Does something on the loop's thread, and waits until it is done. */
  void call(Task task) {
    CompletableFuture<@Nullable Object> done = new CompletableFuture<>();
    tell(() -> {
      task.run();
      done.complete(null);
    });
    await(done);
  }

  /** Does something on the loop's thread, soon. */
  void tell(Task task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Waits until {@code done}, and fails if the loop does. */
  void await(CompletableFuture<?> done) {
    CompletableFuture.anyOf(done, failure).join();
  }

  /** Closes all connections. */
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
