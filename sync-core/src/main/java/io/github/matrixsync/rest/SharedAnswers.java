package io.github.matrixsync.rest;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to polls, of which what went out last is encoded once it goes out again: when a message wakes the members
 * of a room, they get the same list of events, and those who began at the same place the same answer. Thread-safe; two
 * threads may encode at once, either result serves.
 */
final class SharedAnswers {
  private volatile @Nullable Last last;

  /**
   * What went out last.
   *
   * @param batch the batch, not empty
   * @param chunk its events as a list in JSON; absent until they go out again
   * @param answer the whole answer; absent until then, too
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes it
  private record Last(
      EventBatch batch, byte @Nullable [] chunk, @Nullable RestResponse answer) {}

  /** Returns the answer with {@code batch}. */
  RestResponse of(EventBatch batch) {
    Last before = last;
    if (batch.chunk().isEmpty()) {
      return Bodies.events(batch);
    }
    if (before == null || !isSame(before.batch().chunk(), batch.chunk())) {
      last = new Last(batch, null, null);
      return Bodies.events(batch);
    }
    if (before.answer() != null && isSamePlace(before.batch(), batch)) {
      return before.answer();
    }
    byte[] chunk = before.chunk() == null ? encode(batch.chunk()) : before.chunk();
    RestResponse answer = new SharedAnswer(batch, chunk);
    last = new Last(batch, chunk, answer);
    return answer;
  }

  @SuppressWarnings("ReferenceEquality") // a list that only looks the same may have other ages
  private static boolean isSame(List<ClientEvent> one, List<ClientEvent> other) {
    return one == other;
  }

  private static boolean isSamePlace(EventBatch one, EventBatch other) {
    return one.start().equals(other.start()) && one.end().equals(other.end());
  }

  private static byte[] encode(List<ClientEvent> chunk) {
    JsonWriter<Answer.Insert> body = new JsonWriter<>(64);
    Bodies.writeList(chunk, body);
    RestResponse list = new Answer(200, body);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(list.length()));
    try {
      list.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
