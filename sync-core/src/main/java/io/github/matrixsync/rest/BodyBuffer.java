package io.github.matrixsync.rest;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.ClientEvents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Collects a body: the bytes between the events, and where in them the events belong. Events are
 * not copied. Commas come by themselves. Confined to one thread.
 */
final class BodyBuffer {
  private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

  private final ByteArrayOutputStream frame = new ByteArrayOutputStream(128);
  private final List<Answer.Insert> inserts = new ArrayList<>();
  private boolean afterValue;

  BodyBuffer openObject() {
    return open('{');
  }

  BodyBuffer closeObject() {
    return close('}');
  }

  BodyBuffer openList() {
    return open('[');
  }

  BodyBuffer closeList() {
    return close(']');
  }

  /**
   * Adds the key of the value that comes next: plain ASCII, with nothing in it that JSON would
   * escape.
   */
  BodyBuffer key(String name) {
    separate();
    frame.write('"');
    frame.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    frame.write('"');
    frame.write(':');
    afterValue = false;
    return this;
  }

  /** Adds a string, which holds no lone surrogate. */
  BodyBuffer text(String value) {
    separate();
    frame.write('"');
    frame.writeBytes(STRINGS.quoteAsUTF8(value));
    frame.write('"');
    afterValue = true;
    return this;
  }

  BodyBuffer number(long value) {
    separate();
    frame.writeBytes(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    afterValue = true;
    return this;
  }

  BodyBuffer event(ClientEvent event) {
    return insert(event.length(), event::writeTo);
  }

  BodyBuffer events(List<ClientEvent> events) {
    if (events instanceof ClientEvents whole) {
      return insert(whole.length(), whole::writeTo);
    }
    openList();
    events.forEach(this::event);
    return closeList();
  }

  /** Returns the answer with what was collected as its body. */
  RestResponse answer(int status) {
    return new Answer(status, frame.toByteArray(), inserts);
  }

  private BodyBuffer insert(long length, Answer.Piece piece) {
    separate();
    inserts.add(new Answer.Insert(frame.size(), length, piece));
    afterValue = true;
    return this;
  }

  private BodyBuffer open(char bracket) {
    separate();
    frame.write(bracket);
    afterValue = false;
    return this;
  }

  private BodyBuffer close(char bracket) {
    frame.write(bracket);
    afterValue = true;
    return this;
  }

  private void separate() {
    if (afterValue) {
      frame.write(',');
    }
  }
}
