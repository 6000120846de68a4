package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.rest.RestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Copies the bodies of answers. */
final class Encoded {
  private Encoded() {}

  /** Returns the body of an answer as a new array. */
  static byte[] of(RestResponse response) {
    Buffer buffer = new Buffer((int) response.length());
    try {
      response.writeTo(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.bytes;
  }

  /** A buffer of exactly the size of the body. */
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
