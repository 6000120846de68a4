package io.github.matrixsync.examples.adapters.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Many clients with a connection each, on one thread. Confined to that thread. */
final class Crowd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Selector selector = Selector.open();
  private final List<SocketChannel> clients = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

  /** Connects clients, each of which sends a request. */
  Crowd(int port, int count, String request) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel client =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      clients.add(client);
      client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ, new ByteArrayOutputStream());
    }
  }

  /**
   * Makes something happen, and waits until each client has an answer about it.
   *
   * @param happening makes it happen, and returns an id that the answers contain
   * @return how long each answer took, in ascending order
   */
  List<Duration> awaitAnswers(Supplier<String> happening) throws IOException {
    long start = System.nanoTime();
    String id = happening.get();
    long[] nanos = new long[clients.size()];
    int answered = 0;
    while (answered < nanos.length) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(answered + " of " + nanos.length + " have an answer with " + id);
      }
      selector.select(PATIENCE.toMillis());
      for (SelectionKey key : selector.selectedKeys()) {
        if (hasAnswer(key, id)) {
          key.cancel();
          nanos[answered++] = System.nanoTime() - start;
        }
      }
      selector.selectedKeys().clear();
    }
    return Arrays.stream(nanos).sorted().mapToObj(Duration::ofNanos).toList();
  }

  /** Reads what has come, and returns whether it is a whole answer with an id. */
  private boolean hasAnswer(SelectionKey key, String id) throws IOException {
    ByteArrayOutputStream bytes = (ByteArrayOutputStream) key.attachment();
    buffer.clear();
    int count = ((SocketChannel) key.channel()).read(buffer);
    if (count < 0) {
      throw new AssertionError("a connection ended after " + bytes.size() + " bytes");
    }
    bytes.write(buffer.array(), 0, count);
    String answer = bytes.toString(StandardCharsets.ISO_8859_1);
    return answer.startsWith("HTTP/1.1 200") && answer.contains(id) && answer.endsWith("}");
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    selector.close();
  }
}
