package io.github.matrixsync.examples.homeserver;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;

/** Appends what is written to a Vert.x buffer. Confined to one thread. */
final class BufferStream extends OutputStream {
  private final Buffer buffer;

  BufferStream(Buffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public void write(int one) {
    buffer.appendByte((byte) one);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    buffer.appendBytes(bytes, offset, count);
  }
}
