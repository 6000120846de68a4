package io.github.matrixsync.rest;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.ClientEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Collects a body: the bytes between the events, and where in them the events belong. Events are
 * not copied. Commas come by themselves. Confined to one thread.
 */
final class BodyBuffer {
  private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

  private byte[] frame = new byte[128];
  private int size;
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
    put('"');
    copy(name);
    put('"');
    put(':');
    afterValue = false;
    return this;
  }

  /** Adds a string, which holds no lone surrogate. */
  BodyBuffer text(String value) {
    separate();
    reserve(value.length() + 2);
    int begin = size;
    frame[size++] = '"';
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) {
        size = begin;
        return quoted(value);
      }
      frame[size++] = (byte) c;
    }
    frame[size++] = '"';
    afterValue = true;
    return this;
  }

  BodyBuffer number(long value) {
    separate();
    copy(Long.toString(value));
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
    return new Answer(status, Arrays.copyOf(frame, size), inserts);
  }

  private void copy(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      frame[size++] = (byte) ascii.charAt(i);
    }
  }

  private BodyBuffer quoted(String value) {
    byte[] quoted = STRINGS.quoteAsUTF8(value);
    reserve(quoted.length + 2);
    frame[size++] = '"';
    System.arraycopy(quoted, 0, frame, size, quoted.length);
    size += quoted.length;
    frame[size++] = '"';
    afterValue = true;
    return this;
  }

  private BodyBuffer insert(long length, Answer.Piece piece) {
    separate();
    inserts.add(new Answer.Insert(size, length, piece));
    afterValue = true;
    return this;
  }

  private BodyBuffer open(char bracket) {
    separate();
    put(bracket);
    afterValue = false;
    return this;
  }

  private BodyBuffer close(char bracket) {
    put(bracket);
    afterValue = true;
    return this;
  }

  private void separate() {
    if (afterValue) {
      put(',');
    }
  }

  private void put(char ascii) {
    reserve(1);
    frame[size++] = (byte) ascii;
  }

  private void reserve(int more) {
    if (frame.length - size < more) {
      frame = Arrays.copyOf(frame, Math.max(frame.length * 2, Math.addExact(size, more)));
    }
  }
}
