package io.github.matrixsync.visibility;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An engine's answers to one user, as lines made by {@link Marks}. Confined to one thread. */
final class ViewerAnswers {
  private final SyncEngine engine;
  private final UserId viewer;
  private final EventForm form;

  ViewerAnswers(SyncEngine engine, String viewer, EventForm form) {
    this.engine = engine;
    this.viewer = EventWriter.user(viewer);
    this.form = form;
  }

  String byId(int id) {
    return engine
        .getEvent(viewer, EventWriter.event(id), form)
        .map(Marks::of)
        .orElse(SpecOracle.HIDDEN);
  }

  /** Returns the stream after a position, read in batches of at most {@code limit}. */
  List<String> stream(long after, long upTo, int limit) {
    return poll(after, upTo, StreamOptions.DEFAULT.withLimit(limit).withForm(form));
  }

  /** Returns the same for one room; empty if the room may not be read. */
  Optional<List<String>> peek(String room, long after, long upTo, int limit) {
    try {
      return Optional.of(poll(
          after,
          upTo,
          StreamOptions.DEFAULT.inRoom(EventWriter.room(room)).withLimit(limit).withForm(form)));
    } catch (CompletionException e) {
      if (e.getCause() instanceof RoomNotReadableException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns the stream of an application service whose sender is the user. */
  List<String> service(ServiceNamespaces service, long after, long upTo, int limit) {
    return poll(
        after, upTo, StreamOptions.DEFAULT.withService(service).withLimit(limit).withForm(form));
  }

  private List<String> poll(long after, long upTo, StreamOptions options) {
    List<String> received = new ArrayList<>();
    StreamToken from = StreamToken.of(after, 0, 0);
    do {
      EventBatch batch = engine.stream(viewer, from, Duration.ZERO, options).join();
      received.addAll(Marks.of(batch.chunk()));
      if (batch.end().room() <= from.room() && batch.end().room() < upTo) {
        throw new AssertionError("no progress from " + from);
      }
      from = batch.end();
    } while (from.room() < upTo);
    return received;
  }

  /** Returns a room's history, oldest first, read in one direction; empty if it may not be read. */
  Optional<List<String>> page(String room, Direction direction, int limit) {
    List<String> received = new ArrayList<>();
    @Nullable PaginationToken from = null;
    try {
      while (true) {
        MessagesOptions options = MessagesOptions.backward(limit).withFrom(from).withForm(form);
        MessagePage page =
            engine.messages(viewer, EventWriter.room(room), options.withDirection(direction));
        if (page.chunk().isEmpty()) {
          break;
        }
        received.addAll(Marks.of(page.chunk()));
        from = page.end();
      }
    } catch (RoomNotReadableException e) {
      return Optional.empty();
    }
    if (direction == Direction.BACKWARD) {
      Collections.reverse(received);
    }
    return Optional.of(received);
  }

  Map<String, String> snapshot(int limit) {
    Map<String, String> received = new TreeMap<>();
    engine
        .initialSync(viewer, limit, SnapshotOptions.DEFAULT.withForm(form))
        .rooms()
        .forEach(entry -> received.put(name(entry), entry(entry)));
    return received;
  }

  private static String name(RoomSnapshot entry) {
    String id = entry.room().value();
    return id.substring(1, id.indexOf(':'));
  }

  private static String entry(RoomSnapshot entry) {
    String membership =
        entry.membership().map(io.github.matrixsync.event.Membership::value).orElse("peeks");
    return membership
        + entry.invite().map(own -> " invite " + Marks.of(own)).orElse("")
        + entry.messages().map(page -> contents(page.chunk(), entry.state())).orElse("");
  }

  private static String contents(List<ClientEvent> messages, List<ClientEvent> state) {
    return " messages " + Marks.of(messages) + " state "
        + Marks.of(state).stream().sorted().toList();
  }

  Optional<String> roomSnapshot(String room, int limit) {
    try {
      return Optional.of(entry(
          engine.roomInitialSync(viewer, EventWriter.room(room), limit, form).room()));
    } catch (RoomNotReadableException e) {
      return Optional.empty();
    }
  }
}
