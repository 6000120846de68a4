package io.github.matrixsync.benchmarks.world;

import java.io.OutputStream;

/** Copies bytes as a socket's buffer does, overwriting earlier ones. Confined to one thread. */
public final class Sink extends OutputStream {
  private final byte[] buffer = new byte[64 << 10];
  private int at;
  private long taken;

  @Override
  public void write(int one) {
    if (at == buffer.length) {
      at = 0;
    }
    buffer[at++] = (byte) one;
    taken++;
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    int from = offset;
    int left = count;
    while (left > 0) {
      if (at == buffer.length) {
        at = 0;
      }
      int part = Math.min(left, buffer.length - at);
      System.arraycopy(source, from, buffer, at, part);
      at += part;
      from += part;
      left -= part;
    }
    taken += count;
  }

  /** Returns the number of bytes since the last call. */
  public long taken() {
    long now = taken;
    taken = 0;
    return now;
  }
}
