package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.Roles;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.benchmarks.world.Zipf;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.model.Append;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;

/**
 * Rooms with messages, and clients that poll. Confined to one thread.
 *
 * <p>A beat is 100 ms: one message in each room at once, which must reach everybody to whom it is due before the floor
 * is measured and the next beat begins. If the rooms are busy, a message of one room is backfilled once a second, and a
 * member's presence changes half a beat after the messages.
 */
final class Traffic implements AutoCloseable {
  private static final long SEED = 20_151_129;
  private static final long READ_MILLIS = 1;
  private static final int BEATS_BETWEEN_BACKFILLS = 10;
  private static final long HALF_A_BEAT_NANOS = 50_000_000;
  private static final UserId WRITER = UserId.parse("@writer:example.org");

  private final Scene scene;
  private final Community community = Community.inMemory();
  private final MemoryPresenceStore presence = MemoryPresenceStore.create();
  private final StoreCalls calls = StoreCalls.taking(READ_MILLIS);
  private final Pool floorPool = new Pool();
  private final AppendableEventStore store;
  private final SyncEngine engine;
  private final List<Listener> members = new ArrayList<>();
  private final List<Listener> peekers = new ArrayList<>();
  private final Arrivals ofMembers;
  private final Arrivals ofPeekers;
  private final BareCompletions bare;
  private volatile CountDownLatch expected = new CountDownLatch(0);
  private int beats;

  /**
   * The number of rooms and clients.
   *
   * @param members the number of members
   * @param rooms the number of rooms
   * @param roomsEach the number of rooms of each member
   * @param peekers the number of users who poll for one room that they are not in
   * @param busy whether there are backfill and presence
   */
  record Scene(int members, int rooms, int roomsEach, int peekers, boolean busy) {}

  /**
   * The results of the measured beats.
   *
   * @param members the time from the first append of a beat until the body is in a buffer, for each message and member
   * @param peekers the same for peeking users
   * @param floors the time of one store read and of as many bare completions as there are answers
   * @param callsPerMessage the calls of all stores
   * @param callsByMethod the same by method, over all beats
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Measured(
      double[] members,
      double[] peekers,
      double[] floors,
      double callsPerMessage,
      String callsByMethod) {}

  Traffic(Scene scene) {
    this.scene = scene;
    SplittableRandom random = new SplittableRandom(SEED);
    for (int room = 0; room < scene.rooms(); room++) {
      RoomId id = Population.room(room);
      community.create(id, WRITER).join(id, WRITER).worldReadable(id, WRITER);
    }
    Zipf popularity = new Zipf(scene.rooms());
    for (int i = 0; i < scene.members(); i++) {
      for (int room : popularity.drawDistinct(random, scene.roomsEach())) {
        community.join(Population.room(room), Population.user(i));
      }
    }
    store = community.store();
    engine = Roles.counted(store, calls)
        .presence(calls.counted(PresenceStore.class, presence))
        .build();
    int due = scene.members() * scene.roomsEach();
    ofMembers = new Arrivals(due);
    ofPeekers = new Arrivals(scene.peekers());
    bare = new BareCompletions(floorPool, due + scene.peekers());
    listen(members, scene.members(), Population::user, i -> Optional.empty(), ofMembers);
    listen(
        peekers,
        scene.peekers(),
        i -> UserId.parse("@peeker" + i + ":example.org"),
        i -> Optional.of(Population.room(i % scene.rooms())),
        ofPeekers);
  }

  private void listen(
      List<Listener> listeners,
      int count,
      IntFunction<UserId> user,
      IntFunction<Optional<RoomId>> only,
      Arrivals arrivals) {
    RestEdge edge = RestEdge.of(engine);
    String from = "s" + store.watermark() + "_0_0_0";
    for (int i = 0; i < count; i++) {
      listeners.add(new Listener(edge, user.apply(i), only.apply(i), from, at -> {
        arrivals.add(at);
        expected.countDown();
      }));
    }
    listeners.forEach(Listener::poll);
  }

  /** Runs {@code warmups} beats, and then {@code counted} beats that count. */
  Measured measure(int warmups, int counted) throws InterruptedException {
    DoubleStream.Builder ofAll = DoubleStream.builder();
    DoubleStream.Builder peeking = DoubleStream.builder();
    DoubleStream.Builder floors = DoubleStream.builder();
    long next = System.nanoTime();
    for (int beat = -warmups; beat < counted; beat++) {
      if (beat == 0) {
        calls.reset();
      }
      long start = speak();
      if (beat >= 0) {
        Arrays.stream(ofMembers.since(start)).forEach(ofAll);
        Arrays.stream(ofPeekers.since(start)).forEach(peeking);
      }
      double[] floor = floor();
      if (beat >= 0) {
        Arrays.stream(floor).forEach(floors);
      }
      next += HALF_A_BEAT_NANOS;
      sleepUntil(next);
      if (scene.busy()) {
        changePresence();
      }
      next = Math.max(next + HALF_A_BEAT_NANOS, System.nanoTime());
      sleepUntil(next);
    }
    double perMessage = (double) calls.total("refresh") / (counted * scene.rooms());
    return new Measured(
        ofAll.build().toArray(),
        peeking.build().toArray(),
        floors.build().toArray(),
        perMessage,
        calls.toString());
  }

  /** Sends a message to every room, and waits until all clients have it. Returns when that began. */
  private long speak() throws InterruptedException {
    List<List<Append>> messages = new ArrayList<>();
    for (int room = 0; room < scene.rooms(); room++) {
      messages.add(List.of(community.message(Population.room(room), WRITER)));
    }
    ofMembers.clear();
    ofPeekers.clear();
    expected = new CountDownLatch(scene.members() * scene.roomsEach() + scene.peekers());
    if (scene.busy() && beats % BEATS_BETWEEN_BACKFILLS == 0) {
      community.backfill(Population.room(beats % scene.rooms()), WRITER);
    }
    beats++;
    long start = System.nanoTime();
    messages.forEach(store::append);
    await();
    members.forEach(member -> Expect.same(scene.roomsEach(), member.takeCount(), "messages"));
    peekers.forEach(peeker -> Expect.same(1, peeker.takeCount(), "messages of one room"));
    return start;
  }

  private void await() throws InterruptedException {
    while (!expected.await(10, TimeUnit.SECONDS)) {
      members.forEach(member -> Expect.that(member.failure().isEmpty(), member.failure()));
      peekers.forEach(peeker -> Expect.that(peeker.failure().isEmpty(), peeker.failure()));
      System.err.println("still waiting for " + expected.getCount() + " messages");
    }
  }

  private void changePresence() {
    UserId user = Population.user(beats % scene.members());
    Instant now = Instant.now();
    presence.set(new PresenceChange(
        0,
        user,
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.of(now),
        Optional.empty(),
        Optional.empty()));
  }

  /** Returns the times of as many bare completions after a store read. */
  private double[] floor() throws InterruptedException {
    double[] times = new double[ofMembers.size() + ofPeekers.size()];
    byte[] body = new byte[500];
    byte[][] copies = new byte[times.length][];
    bare.nanos(body, number -> {
      copies[number] = body.clone();
      times[number] = System.nanoTime();
    });
    for (int i = 0; i < times.length; i++) {
      times[i] += TimeUnit.MILLISECONDS.toNanos(READ_MILLIS) - (double) bare.startedAt();
    }
    return times;
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }

  @Override
  public void close() {
    members.forEach(Listener::stop);
    peekers.forEach(Listener::stop);
    engine.close();
    floorPool.close();
  }
}
