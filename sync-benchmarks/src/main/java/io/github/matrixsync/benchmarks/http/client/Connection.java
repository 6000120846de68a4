package io.github.matrixsync.benchmarks.http.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection that is kept alive, with at most one request at a time. Confined to the thread of its {@link Loop}. */
public final class Connection {
  /** Receives responses. Called on the loop's thread. */
  public interface Handler {
    /** Handles a response; the connection is free for the next request. */
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

  /** Sends a request, whose response goes to {@code taker}. The request before must have been answered. */
  public void send(byte[] request, Handler taker) throws IOException {
    if (handler != null) {
      throw new IllegalStateException("a request is under way already");
    }
    handler = taker;
    unsent = ByteBuffer.wrap(request);
    write();
  }

  /** Writes as much of the request as the channel takes. */
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

  /** Reads what has arrived by way of {@code buffer}, and hands over the response once it is complete. */
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
