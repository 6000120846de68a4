package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An event in an answer, of which only selected members are shown.
 *
 * @param whole the event with all members
 * @param json the selected ones, with ages as of the time of the answer
 */
record SelectedEvent(ClientEvent whole, RawJson json) implements ClientEvent {
  @Override
  public String type() {
    return whole.type();
  }

  @Override
  public Optional<EventId> id() {
    return whole.id();
  }

  @Override
  public Optional<RoomId> room() {
    return whole.room();
  }

  @Override
  public Optional<UserId> sender() {
    return whole.sender();
  }

  @Override
  public RawJson content() {
    return whole.content();
  }

  @Override
  public long length() {
    return json.length();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    json.writeTo(out);
  }

  /** Returns type, id and room, never content. */
  @Override
  public String toString() {
    return whole.toString();
  }
}
