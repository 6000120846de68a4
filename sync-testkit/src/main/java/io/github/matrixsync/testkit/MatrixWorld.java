package io.github.matrixsync.testkit;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.endpoint.ServerEndpoints.Versions;
import io.github.matrixsync.testkit.http.WorldServer;
import io.github.matrixsync.testkit.internal.http.HttpWorld;
import io.github.matrixsync.testkit.internal.run.Actions;
import io.github.matrixsync.testkit.internal.run.Story;
import io.github.matrixsync.testkit.internal.run.Timeline;
import io.github.matrixsync.testkit.internal.server.Names;
import io.github.matrixsync.testkit.internal.server.Server;
import io.github.matrixsync.testkit.internal.server.WorldRooms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Matrix server within a test: users who act in rooms as the rooms' rules allow, and the engine that a bridge or a
 * bot polls. When the call of an action returns, everything that the action caused is done. Time moves only by calls of
 * {@link #time()}. A world has no threads, unless {@link #server()} or {@link #service} is called, and shares nothing
 * with other worlds; ids, tokens and timestamps are the same in every run.
 *
 * <p>A <em>reaction</em> is what a bridge does in a callback of its poll. If an action within a reaction fails, for
 * example because the room's rules refuse it, the exception would be lost in the bridge's future. So the action that
 * caused the reaction throws it again, or {@link #close()} does.
 *
 * <p>Thread-safe. If two threads act at the same time, both actions take place at once, and the thread that began first
 * runs the reactions to both.
 *
 * @since 0.1.0
 */
public final class MatrixWorld implements AutoCloseable {
  private final MatrixWorldBuilder options;
  private final Timeline timeline;
  private final Story story;
  final Actions actions;
  private final WorldTime time;
  private final Map<UserId, TestUser> users = new LinkedHashMap<>(); // guarded by users
  final Server server;
  final WorldRooms rooms;
  private @Nullable HttpWorld http; // guarded by users
  private volatile boolean closed;

  MatrixWorld(MatrixWorldBuilder options) {
    this.options = options;
    timeline = new Timeline(options.startingAt);
    story = new Story(timeline);
    actions = new Actions(story, options.eventsPerAction, options.tasksPerAction);
    time = new WorldTime(timeline, actions, this);
    server = new Server(options.engine, timeline, actions, story);
    rooms = new WorldRooms(
        server.allEvents, server.events, options.serverName, timeline, this::appending);
    server.open(rooms.rooms());
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
   * Returns the user with a name, and creates the user if needed. A ghost that an application service has registered
   * may have any name.
   *
   * @param name the local part of the user's id, or the whole id
   * @throws IllegalArgumentException if there is no such user, and the name is not a valid local part; or if the id
   *     belongs to another server
   */
  public TestUser user(String name) {
    requireOpen();
    UserId id = check(() -> userId(name));
    synchronized (users) {
      TestUser known = users.get(id);
      if (known != null) {
        return known;
      }
      TestUser user = new TestUser(this, id);
      users.put(id, user);
      server.watch(id);
      if (http != null) {
        http.ensure(id);
      }
      return user;
    }
  }

  private UserId userId(String name) {
    String server = name.substring(name.indexOf(':') + 1);
    if (name.startsWith("@") && name.contains(":") && !server.equals(options.serverName)) {
      throw new IllegalArgumentException(name + " belongs to the server \"" + server
          + "\", but this world's server is \"" + options.serverName + "\"");
    }
    String id = name.startsWith("@") ? name : "@" + name + ":" + serverName();
    try {
      return UserId.parseStrict(id);
    } catch (InvalidIdException e) {
      return httpIfStarted()
          .flatMap(overHttp -> overHttp.find(id))
          .orElseThrow(
              () -> Names.invalid(name, id, "a local part may hold a to z, 0 to 9 and ._=/+-"));
    }
  }

  /** Returns the name of the server. */
  public String serverName() {
    return options.serverName;
  }

  /** Returns the engine that a bridge polls; a restart replaces it. */
  public SyncEngine engine() {
    requireOpen();
    return server.engine();
  }

  /** Returns the HTTP server of this world, which is started at the first call. */
  public WorldServer server() {
    return http();
  }

  /** Returns a builder of an application service, whose address the world pushes events to. */
  public TestService.Builder service(String id) {
    requireOpen();
    return new TestService.Builder(this, Objects.requireNonNull(id, "id"));
  }

  HttpWorld http() {
    requireOpen();
    synchronized (users) {
      HttpWorld known = http;
      if (known != null) {
        return known;
      }
      HttpWorld started = new HttpWorld(new HttpWorld.World(
          serverName(),
          new Versions(options.versions, options.unstableFeatures),
          timeline,
          actions,
          story,
          server,
          rooms.rooms()));
      users.keySet().forEach(started::ensure);
      http = started;
      return started;
    }
  }

  /** Returns the world over HTTP; empty if the test has not asked for it. */
  Optional<HttpWorld> httpIfStarted() {
    synchronized (users) {
      return Optional.ofNullable(http);
    }
  }

  /** Returns the time of this world, which moves only by calls of the returned object. */
  public WorldTime time() {
    return time;
  }

  /** Returns a mark at the present point of the story. */
  public Mark mark() {
    requireOpen();
    return new Mark(this, server.watchers.lastSighting());
  }

  /** Returns the story so far: a transcript of all actions, events, polls and time steps, one line each. */
  public String story() {
    return story.text();
  }

  /**
   * Appends any event without checking the rules of its room, which need not exist. Later events get other ids.
   *
   * @throws IllegalArgumentException if there is an event with this id
   */
  public void append(RoomEvent event) {
    act("world.append(" + event.type() + ")", () -> {
      rooms.append(event);
      return event.id();
    });
  }

  /**
   * Allows reactions to handle refusals themselves: a refusal is thrown in the reaction, and not again by the action
   * that caused it. For bridges that try something, are refused, and then do something else.
   */
  public void allowsRefusals() {
    actions.allowRefusals();
  }

  /**
   * Loses the next signal that tells the engine of new events; two calls lose the next two. The engine finds the events
   * at the next signal, when a poll begins or times out, or when it checks its stores, once an hour. Then everybody
   * sees them.
   */
  public void losesTheNextSignal() {
    requireOpen();
    server.events.loseNextSignal();
  }

  /**
   * Makes the next reads of events by the engine fail. The engine reads again at the next event or poll, or after an
   * hour.
   *
   * <p>Each event makes the engine look for what is new, which is one read; if it fails, parked polls stay parked. To
   * fail the poll of a bridge, make two reads fail and let one event happen: the next poll that begins or times out
   * fails. {@link TestUser#snapshot}, {@link TestUser#event} and the assertions {@code canSee} and {@code cannotSee}
   * are reads by the engine too, and throw the failure, a {@link io.github.matrixsync.store.StoreException}.
   */
  public void storeFails(int times) {
    requireOpen();
    if (times < 0) {
      throw new IllegalArgumentException("a number of failures must not be negative, got " + times);
    }
    server.events.failNext(times);
  }

  /**
   * Lets a user act, and delays the commit: the events have positions, but neither they nor later events can be read
   * until {@link LateCommit#commits()}. If the action throws, what it did is committed, and the exception is thrown on.
   *
   * @throws IllegalStateException if the user is one of another world
   */
  public LateCommit commitsLate(TestUser user, Consumer<TestUser> action) {
    requireOpen();
    check(() -> {
      user.requireIn(this);
      return user;
    });
    Set<Long> before = server.events.uncommitted();
    try {
      actsLate(user, action);
    } catch (Throwable e) {
      lateSince(before).ends();
      throw e;
    }
    return lateSince(before);
  }

  private void actsLate(TestUser user, Consumer<TestUser> action) {
    server.events.commitLate(true);
    try {
      action.accept(user);
    } finally {
      server.events.commitLate(false);
    }
  }

  private LateCommit lateSince(Set<Long> before) {
    Set<Long> late = new TreeSet<>(server.events.uncommitted());
    late.removeAll(before);
    return new LateCommit(this, server.events, late);
  }

  /** As {@link #restarts(Restart)} with {@link Restart#KEEPING}. */
  public void restarts() {
    restarts(Restart.KEEPING);
  }

  /**
   * Closes the engine, which ends its polls with an empty batch, and starts another one over the same stores. Over HTTP
   * all connections are cut.
   *
   * <p>Before tokens expire, all users see what can be read by then. While a commit is late, the newest token stays
   * valid also after {@link Restart#FORGETTING}, because no newer one can be had.
   */
  public void restarts(Restart how) {
    boolean forgets = how == Restart.FORGETTING;
    Optional<HttpWorld> overHttp = httpIfStarted();
    overHttp.ifPresent(HttpWorld::stop);
    act("world.restarts(" + how + ")", () -> {
      server.restart(forgets);
      return how;
    });
    overHttp.ifPresent(it -> it.start(forgets));
  }

  /**
   * Purges the log of all rooms up to the newest event of the given room that can be read: older tokens expire, older
   * messages are removed, and the state stays. All users see before what can be read by then, so that only polls of
   * bridges meet an expired token.
   */
  public void purges(TestRoom room) {
    act("world.purges(" + room.name() + ")", () -> {
      server.purge(room.idIn(this));
      return room;
    });
  }

  /**
   * Closes the world: its polls end with an empty batch, and later actions and polls throw {@link
   * IllegalStateException}. Closing again does nothing.
   *
   * @throws AssertionError if the requests over HTTP were not those that the test expected, or no request came that the
   *     test makes fail
   * @throws RuntimeException or an error: a failure of a reaction that was not thrown yet
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Optional<HttpWorld> overHttp = httpIfStarted();
      overHttp.ifPresent(HttpWorld::stop);
      actions.close(() -> server.close(closedMessage()));
      overHttp.ifPresent(HttpWorld::close);
      actions.throwWrong();
      overHttp.ifPresent(HttpWorld::verify);
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

  /** Runs an action and the reactions to it. */
  <T> T act(String what, Supplier<T> action) {
    requireOpen();
    return actions.act(what, action);
  }

  /** Runs an action when no other thread is acting, and the reactions to it. */
  <T> T actAlone(String what, Supplier<T> action) {
    requireOpen();
    return actions.actAlone(what, action);
  }

  /** Runs a check of arguments. What fails in a reaction is thrown again by the action that caused the reaction. */
  <T> T check(Supplier<T> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      throw actions.failed(e);
    }
  }

  /** Records a failure in a reaction, and returns it. */
  <E extends Throwable> E failed(E e) {
    return actions.failed(e);
  }

  TestUser known(UserId id) {
    synchronized (users) {
      TestUser user = users.get(id);
      if (user == null) {
        throw new IllegalArgumentException("this world has no user " + id);
      }
      return user;
    }
  }

  /** Returns the id of a room with a name. */
  RoomId roomId(String name) {
    return check(() -> parsedRoomId(name));
  }

  private RoomId parsedRoomId(String name) {
    String id = "!" + name + ":" + serverName();
    try {
      return RoomId.parseStrict(id);
    } catch (InvalidIdException e) {
      throw Names.invalid(name, id, "a room's name may hold letters, digits and ._~-");
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
