package io.github.matrixsync.rest;

import io.github.matrixsync.EventBatch;
import io.github.matrixsync.domain.ClientEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The list that went out last, encoded once it goes out again: the members of a room get the same list when a message wakes them. Thread-safe; two threads may encode at once, either result serves.
 */
final class SharedChunks {
  private volatile Last last = new Last(List.of(), null);

  private record Last(List<ClientEvent> chunk, @Nullable ByteBuffer encoded) {}

  /** Returns the encoded chunk of {@code batch}, if it is the very list of the batch before. Of a list without events there is nothing to share. */
  @SuppressWarnings("ReferenceEquality") // a list that only looks the same may have other ages
  Optional<ByteBuffer> encoded(EventBatch batch) {
    List<ClientEvent> chunk = batch.chunk();
    Last before = last;
    if (chunk.isEmpty()) {
      return Optional.empty();
    }
    if (before.chunk() != chunk) {
      last = new Last(chunk, null);
      return Optional.empty();
    }
    ByteBuffer ready = before.encoded();
    if (ready == null) {
      ready = ByteBuffer.wrap(encode(chunk));
      last = new Last(chunk, ready);
    }
    return Optional.of(ready);
  }

  private static byte[] encode(List<ClientEvent> chunk) {
    RestResponse list = new BodyBuffer().events(chunk).answer(200);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(list.length()));
    try {
      list.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
