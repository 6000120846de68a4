package io.github.matrixsync.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection that stays open, and the request that it waits for. Confined to the thread of its {@link Loop}. */
final class Connection {
  /** Takes answers. Called on the loop's thread. */
  interface Handler {
    /** Takes an answer; the connection is free for the next request. */
    void answered(Connection connection, Reply reply);
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ReplyParser parser = new ReplyParser();
  private @Nullable ByteBuffer unsent;
  private @Nullable Handler handler;

  Connection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  /** Sends a request, whose answer goes to {@code taker}; the one before must be answered. */
  void send(byte[] request, Handler taker) throws IOException {
    if (handler != null) {
      throw new IllegalStateException("a request is under way already");
    }
    handler = taker;
    unsent = ByteBuffer.wrap(request);
    write();
  }

  /** Goes on sending. */
  void write() throws IOException {
    if (unsent != null) {
      channel.write(unsent);
      boolean sent = !unsent.hasRemaining();
      key.interestOps(sent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      if (sent) {
        unsent = null;
      }
    }
  }

  /** Reads what has come by way of {@code buffer}, and hands over the answer if it is complete. */
  void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("the server hung up");
    }
    buffer.flip();
    Reply reply = parser.take(buffer);
    if (reply != null) {
      Handler taker = handler;
      handler = null;
      if (taker == null) {
        throw new IOException("an answer to no request");
      }
      taker.answered(this, reply);
    }
  }

  void close() throws IOException {
    channel.close();
  }
}
