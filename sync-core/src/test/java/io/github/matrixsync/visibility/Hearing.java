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

/** What one user hears of an engine, in the lines of {@link Marks}. Confined to one thread. */
final class Hearing {
  private final SyncEngine engine;
  private final UserId viewer;
  private final EventForm form;

  Hearing(SyncEngine engine, String viewer, EventForm form) {
    this.engine = engine;
    this.viewer = Scribe.user(viewer);
    this.form = form;
  }

  String byId(int id) {
    return engine.getEvent(viewer, Scribe.event(id), form).map(Marks::of).orElse(Sentences.HIDDEN);
  }

  /** The stream after a place, in answers of at most {@code limit}. */
  List<String> stream(long after, long upTo, int limit) {
    return poll(after, upTo, StreamOptions.DEFAULT.withLimit(limit).withForm(form));
  }

  /** The same of one room; empty if that may not be read. */
  Optional<List<String>> peek(String room, long after, long upTo, int limit) {
    try {
      return Optional.of(poll(
          after,
          upTo,
          StreamOptions.DEFAULT.inRoom(Scribe.room(room)).withLimit(limit).withForm(form)));
    } catch (CompletionException e) {
      if (e.getCause() instanceof RoomNotReadableException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The stream of an application service that the user is the sender of. */
  List<String> service(ServiceNamespaces service, long after, long upTo, int limit) {
    return poll(
        after, upTo, StreamOptions.DEFAULT.withService(service).withLimit(limit).withForm(form));
  }

  private List<String> poll(long after, long upTo, StreamOptions options) {
    List<String> heard = new ArrayList<>();
    StreamToken from = StreamToken.of(after, 0, 0);
    do {
      EventBatch batch = engine.stream(viewer, from, Duration.ZERO, options).join();
      heard.addAll(Marks.of(batch.chunk()));
      if (batch.end().room() <= from.room() && batch.end().room() < upTo) {
        throw new AssertionError("no progress from " + from);
      }
      from = batch.end();
    } while (from.room() < upTo);
    return heard;
  }

  /** A room's history, oldest first, walked in one direction; empty if it may not be read. */
  Optional<List<String>> page(String room, Direction direction, int limit) {
    List<String> heard = new ArrayList<>();
    @Nullable PaginationToken from = null;
    try {
      while (true) {
        MessagesOptions options = MessagesOptions.backward(limit).withFrom(from).withForm(form);
        MessagePage page =
            engine.messages(viewer, Scribe.room(room), options.withDirection(direction));
        if (page.chunk().isEmpty()) {
          break;
        }
        heard.addAll(Marks.of(page.chunk()));
        from = page.end();
      }
    } catch (RoomNotReadableException e) {
      return Optional.empty();
    }
    if (direction == Direction.BACKWARD) {
      Collections.reverse(heard);
    }
    return Optional.of(heard);
  }

  Map<String, String> snapshot(int limit) {
    Map<String, String> heard = new TreeMap<>();
    engine
        .initialSync(viewer, limit, SnapshotOptions.DEFAULT.withForm(form))
        .rooms()
        .forEach(entry -> heard.put(name(entry), entry(entry)));
    return heard;
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
      return Optional.of(
          entry(engine.roomInitialSync(viewer, Scribe.room(room), limit, form).room()));
    } catch (RoomNotReadableException e) {
      return Optional.empty();
    }
  }
}
