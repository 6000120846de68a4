package io.github.matrixsync.testkit;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.internal.room.EventFactory;
import io.github.matrixsync.testkit.internal.room.Rooms;
import io.github.matrixsync.testkit.internal.run.Actions;
import io.github.matrixsync.testkit.internal.run.Story;
import io.github.matrixsync.testkit.internal.run.Timeline;
import io.github.matrixsync.testkit.internal.server.Server;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Matrix server within a test: users who act in rooms by the rules, and the engine by which a bridge or a bot follows
 * them. Everything that an action causes is done when its call returns, and time moves only by {@link #time()}. A world
 * has no thread, and nothing is shared between worlds; ids, tokens and timestamps are the same in every run.
 *
 * <p>What goes wrong in a reaction, where a bridge's future would swallow it, is thrown again by the action that began
 * it, or by {@link #close()}.
 *
 * <p>Thread-safe: what another thread does while one acts takes place at once, and its reactions are run by the acting
 * thread.
 *
 * @since 0.1.0
 */
public final class MatrixWorld implements AutoCloseable {
  private final MatrixWorldBuilder options;
  private final Timeline timeline;
  private final Story story;
  private final Actions actions;
  private final WorldTime time;
  private final Map<UserId, TestUser> users = new LinkedHashMap<>(); // guarded by users
  final Server server;
  final Rooms rooms;
  private volatile boolean closed;

  MatrixWorld(MatrixWorldBuilder options) {
    this.options = options;
    timeline = new Timeline(options.startingAt);
    story = new Story(timeline);
    actions = new Actions(story, options.eventsPerAction);
    time = new WorldTime(timeline, actions, this);
    server = new Server(options.engine, timeline, actions, story);
    rooms =
        new Rooms(server.events, new EventFactory(options.serverName, timeline), this::appending);
  }

  /** Returns a new world with nobody in it. */
  public static MatrixWorld create() {
    return builder().build();
  }

  /** Returns a builder of a world. */
  public static MatrixWorldBuilder builder() {
    return new MatrixWorldBuilder();
  }

  /**
   * Returns the user with a name, who is made if there is none such.
   *
   * @param name the local part of the user's id, or the whole id
   * @throws IllegalArgumentException if it is no local part, or the id is of another server
   */
  public TestUser user(String name) {
    requireOpen();
    UserId id = userId(name);
    synchronized (users) {
      TestUser known = users.get(id);
      if (known != null) {
        return known;
      }
      TestUser user = new TestUser(this, id);
      users.put(id, user);
      server.watch(id);
      return user;
    }
  }

  private UserId userId(String name) {
    String server = name.substring(name.indexOf(':') + 1);
    if (name.startsWith("@") && name.contains(":") && !server.equals(options.serverName)) {
      throw new IllegalArgumentException(name + " is of the server \"" + server
          + "\", this world is \"" + options.serverName + "\"");
    }
    try {
      return UserId.parseStrict(name.startsWith("@") ? name : "@" + name + ":" + serverName());
    } catch (InvalidIdException e) {
      throw new IllegalArgumentException(
          "a local part may hold a to z, 0 to 9 and ._=/+-, got \"" + name + "\"");
    }
  }

  /** Returns the name of the server. */
  public String serverName() {
    return options.serverName;
  }

  /** Returns the engine that a bridge polls; after a restart it is another one. */
  public SyncEngine engine() {
    requireOpen();
    return server.engine();
  }

  /** Returns the time, which only moves by it. */
  public WorldTime time() {
    return time;
  }

  /** Returns a mark between what was seen so far and what will be. */
  public Mark mark() {
    requireOpen();
    return new Mark(this, server.lastSighting());
  }

  /** Returns the transcript of all actions, events, polls and time steps, a line each. */
  public String story() {
    return story.text();
  }

  /** Appends any event, against the rules of its room too, and in rooms that were never made. */
  public void append(RoomEvent event) {
    act("world.append(" + event.type() + ")", () -> {
      rooms.append(event);
      return event.id();
    });
  }

  /**
   * Leaves it to whoever acts in a reaction to handle what the rules refuse: it is thrown there, and not by the
   * outermost action again. For bridges that try, are refused, and do something else.
   */
  public void allowsRefusals() {
    actions.allowRefusals();
  }

  /** Loses the next signal by which the engine learns of events; its look at the stores, once an hour, finds them. */
  public void losesTheNextSignal() {
    requireOpen();
    server.events.loseNextSignal();
  }

  /**
   * Fails the next reads of events by the engine. What it did not read it finds when it looks the next time: for a new
   * event, or poll, or after an hour.
   */
  public void storeFails(int times) {
    requireOpen();
    if (times < 0) {
      throw new IllegalArgumentException("a number of failures must not be negative, got " + times);
    }
    server.events.failNext(times);
  }

  /**
   * Lets a user act, and commits that late: the events have their positions, but nobody can read them, or what is sent
   * after them, until {@link LateCommit#commits()}.
   */
  public LateCommit commitsLate(TestUser user, Consumer<TestUser> action) {
    requireOpen();
    Set<Long> before = server.events.uncommitted();
    server.events.commitLate(true);
    try {
      action.accept(user);
    } finally {
      server.events.commitLate(false);
    }
    Set<Long> late = new TreeSet<>(server.events.uncommitted());
    late.removeAll(before);
    return new LateCommit(this, server.events, late);
  }

  /** As {@link #restarts(Restart)} with {@link Restart#KEEPING}. */
  public void restarts() {
    restarts(Restart.KEEPING);
  }

  /** Ends the engine, whose polls end with an empty batch, and starts another one over the same stores. */
  public void restarts(Restart how) {
    act("world.restarts(" + how + ")", () -> {
      server.restart(how == Restart.FORGETTING);
      return how;
    });
  }

  /**
   * Purges the log up to the newest event of a room, of all rooms: older tokens are expired, messages are gone, and
   * state stays.
   */
  public void purges(TestRoom room) {
    act("world.purges(" + room.name() + ")", () -> {
      server.purge(room.idIn(this));
      return room;
    });
  }

  /**
   * Ends the world: its polls end with an empty batch, and who acts or polls afterwards is told that it is closed.
   * Closing again does nothing.
   *
   * @throws RuntimeException or an error: what went wrong in a reaction and was not thrown yet
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      actions.run(server::close);
      actions.throwWrong();
    }
  }

  private String closedMessage() {
    String owner = options.test.isEmpty() ? "" : "; it belonged to " + options.test;
    return "this world is closed" + owner;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(closedMessage());
    }
  }

  /** Acts, and runs what that causes. */
  <T> T act(String what, Supplier<T> action) {
    requireOpen();
    return actions.act(what, action);
  }

  /** Keeps what the kit found wrong in a reaction, and returns it. */
  IllegalStateException wrong(IllegalStateException e) {
    actions.run(() -> {
      throw e;
    });
    return e;
  }

  TestUser known(UserId id) {
    synchronized (users) {
      TestUser user = users.get(id);
      if (user == null) {
        throw new IllegalArgumentException(id + " is not of this world");
      }
      return user;
    }
  }

  /** Returns the id of a room with a name. */
  RoomId roomId(String name) {
    try {
      return RoomId.parseStrict("!" + name + ":" + serverName());
    } catch (InvalidIdException e) {
      throw new IllegalArgumentException(
          "a room's name may hold letters, digits and ._~-, got \"" + name + "\"");
    }
  }

  private void appending(RoomEvent event) {
    EventId id = event.id();
    String what = id + " " + event.type() + " of " + event.sender() + " in " + event.room();
    actions.countEvent(what);
    story.consequence(what);
  }

  @Override
  public String toString() {
    return "MatrixWorld[" + serverName() + " at " + time.instant() + "]";
  }
}
