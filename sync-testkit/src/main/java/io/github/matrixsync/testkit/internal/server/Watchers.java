package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.internal.run.Story;
import io.github.matrixsync.testkit.internal.run.Timeline;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all users of a world see: a watcher for each of them, in the order in which they were created. Thread-safe. */
public final class Watchers {
  private final Timeline timeline;
  private final Story story;
  private final Supplier<StreamToken> end;
  private final AtomicLong seen = new AtomicLong();
  private final Map<UserId, Watcher> watchers = Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile @Nullable Thread beginning;

  /**
   * Creates the object for a world without users.
   *
   * @param end returns the token of the ends of all streams
   */
  Watchers(Timeline timeline, Story story, Supplier<StreamToken> end) {
    this.timeline = timeline;
    this.story = story;
    this.end = end;
  }

  /** Begins to watch what a user sees by an engine. */
  void watch(UserId user, SyncEngine engine) {
    Watcher watcher = new Watcher(
        user,
        event -> see(user, event),
        this::begin,
        end,
        () -> story.consequence(user + "'s stream has expired; what came since then was not seen"));
    watchers.put(user, watcher);
    begin(() -> watcher.follow(engine));
  }

  private Sighting see(UserId user, ClientEvent event) {
    timeline.happens();
    Sighting sighting = new Sighting(seen.incrementAndGet(), timeline.instant(), event);
    Object what = event.id().<Object>map(id -> id).orElseGet(() -> event.json().toString());
    story.saw(user, what, event.id().map(Object::toString).orElseGet(event::type));
    return sighting;
  }

  /** Starts polls of watchers. */
  private void begin(Runnable polling) {
    beginning = Thread.currentThread();
    try {
      polling.run();
    } finally {
      beginning = null;
    }
  }

  /** Returns whether this thread starts polls of watchers, which are left out of the story. */
  boolean areBeginning() {
    return beginning == Thread.currentThread();
  }

  /** Returns what a user saw. */
  public List<Sighting> sightings(UserId user) {
    Watcher watcher = watchers.get(user);
    if (watcher == null) {
      throw new IllegalArgumentException("this world has no user " + user);
    }
    begin(watcher::resume);
    return watcher.sightings();
  }

  /** Returns the number of the last sighting of anybody. */
  public long lastSighting() {
    return seen.get();
  }

  /** Returns whether a user's watcher has an open poll. */
  boolean isPolling(UserId user) {
    Watcher watcher = watchers.get(user);
    return watcher != null && watcher.isPolling();
  }

  /** Follows another engine, from where each user was. */
  void follow(SyncEngine engine) {
    begin(() -> all().forEach(watcher -> watcher.follow(engine)));
  }

  /** Reads to the end of all streams by an engine of its own, after which {@link #follow} or {@link #goOn}. */
  void catchUp(SyncEngine reader) {
    all().forEach(watcher -> watcher.catchUp(reader));
  }

  /** Leaves out the presence and the typing before a token, whose streams begin anew. */
  void skip(StreamToken token) {
    all().forEach(watcher -> watcher.skip(token));
  }

  /** Goes on after {@link #catchUp} by the same engine as before. */
  void goOn() {
    begin(() -> all().forEach(Watcher::goOn));
  }

  private List<Watcher> all() {
    synchronized (watchers) {
      return List.copyOf(watchers.values());
    }
  }
}
