package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.rest.RestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The bodies of answers as bytes. */
final class Encoded {
  private Encoded() {}

  /** Returns the body of an answer in a buffer of its own. */
  static byte[] of(RestResponse response) {
    Buffer buffer = new Buffer((int) response.length());
    try {
      response.writeTo(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.bytes;
  }

  /** A buffer of exactly the size of what is written to it. */
  private static final class Buffer extends OutputStream {
    private final byte[] bytes;
    private int at;

    Buffer(int size) {
      bytes = new byte[size];
    }

    @Override
    public void write(int one) {
      bytes[at++] = (byte) one;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
      System.arraycopy(source, offset, bytes, at, count);
      at += count;
    }
  }
}
