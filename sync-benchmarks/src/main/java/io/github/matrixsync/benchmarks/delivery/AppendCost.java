package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Parked;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Does an append take longer while polls are parked?
 *
 * <p>Data: a memory store, a room with one writer, and 10,000 or 100,000 users with parked polls, either all in another
 * room or all in the same room. The figure is the median time of {@code append} alone. Paced: all polls are answered
 * and parked again before the next append. Floor: the same with an engine without parked polls, measured in turn. If
 * polls are answered between two appends, as many are answered on another store before each append of the floor, so
 * that both find the CPU's caches in the same state. Back to back: the next append follows at once, whatever the engine
 * still has to do; that time has no target.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only append-cost</pre>
 */
public final class AppendCost implements Question {
  private static final int FEW = 10_000;
  private static final int MANY = 100_000;
  private static final double MOST = 1.10;
  private static final RoomId ROOM = RoomId.parse("!room:example.org");
  private static final RoomId ELSEWHERE = RoomId.parse("!elsewhere:example.org");
  private static final UserId WRITER = UserId.parse("@writer:example.org");

  @Override
  public String name() {
    return "append-cost";
  }

  @Override
  public int heap() {
    return 4;
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int few = size.of(50, FEW, FEW);
    int many = size.of(100, FEW, MANY);
    List<Row> rows = new ArrayList<>();
    rows.add(pacedElsewhere(few, size.of(3, 500, 2_000)));
    rows.add(pacedElsewhere(many, size.of(3, 500, 2_000)));
    rows.add(pacedInRoom(few, size.of(3, 60, 200)));
    rows.add(pacedInRoom(many, size.of(3, 30, 60)));
    rows.add(backToBack(many, ELSEWHERE, size.of(10, 2_000, 5_000)));
    rows.add(backToBack(many, ROOM, size.of(10, 1_000, 1_000)));
    return rows;
  }

  private static Row pacedElsewhere(int parked, int appends) throws Exception {
    try (Scene none = new Scene(0, ELSEWHERE);
        Scene some = new Scene(parked, ELSEWHERE)) {
      Interleaved times = Interleaved.of(appends / 4, appends, some::paced, none::paced);
      return Row.of(title(parked, ELSEWHERE, "paced"), times).atMostTimesFloor(MOST);
    }
  }

  private static Row pacedInRoom(int parked, int appends) throws Exception {
    try (Scene none = new Scene(0, ROOM);
        Scene others = new Scene(parked, ROOM);
        Scene some = new Scene(parked, ROOM)) {
      Interleaved times =
          Interleaved.of(appends / 4, appends, some::paced, () -> none.pacedBeside(others));
      return Row.of(title(parked, ROOM, "paced"), times).atMostTimesFloor(MOST);
    }
  }

  private static Row backToBack(int parked, RoomId where, int appends) throws Exception {
    try (Scene none = new Scene(0, where);
        Scene some = new Scene(parked, where)) {
      double floor = Interleaved.median(none.backToBack(appends));
      double figure = Interleaved.median(some.backToBack(appends));
      return Row.of(title(parked, where, "back to back"), Amount.nanos(figure), Amount.nanos(floor))
          .untargeted();
    }
  }

  private static String title(int parked, RoomId where, String pace) {
    String place = where.equals(ROOM) ? "in the room" : "elsewhere";
    return String.format("append with %,d parked %s, %s", parked, place, pace);
  }

  /** A store, its engine, and the parked polls. */
  private static final class Scene implements AutoCloseable {
    private final Pool pool = new Pool();
    private final Community community = Community.inMemory();
    private final AppendableEventStore store;
    private final SyncEngine engine;
    private final Parked parked;
    private final boolean inRoom;
    private boolean isParked;
    private EventId last = EventId.parse("$none");

    Scene(int count, RoomId where) {
      community.create(ROOM, WRITER).join(ROOM, WRITER).create(ELSEWHERE, WRITER);
      for (int i = 0; i < count; i++) {
        community.join(where, Population.user(i));
      }
      store = community.store();
      engine = SyncEngine.builder(store).executor(pool).build();
      parked = new Parked(engine, pool, count, Population::user);
      inRoom = where.equals(ROOM);
    }

    /** Appends one event when the engine is idle, and waits until it is idle again. Returns the time of the append. */
    long paced() throws Exception {
      park();
      long taken = append();
      settle();
      return taken;
    }

    /** The same right after the polls of {@code others} were parked, which are answered afterwards. */
    long pacedBeside(Scene others) throws Exception {
      park();
      others.park();
      long taken = append();
      settle();
      others.paced();
      return taken;
    }

    private long append() {
      List<Append> message = List.of(community.message(ROOM, WRITER));
      pool.awaitQuiet();
      long start = System.nanoTime();
      store.append(message);
      long taken = System.nanoTime() - start;
      last = message.get(0).event().id();
      return taken;
    }

    private void settle() throws Exception {
      if (inRoom) {
        parked.awaitAnswers();
        parked.expectOnly(last);
        isParked = false;
      }
      pool.awaitQuiet();
    }

    /** Appends events without a pause, and returns the time of each. */
    double[] backToBack(int appends) {
      park();
      List<List<Append>> messages = new ArrayList<>();
      for (int i = 0; i < appends; i++) {
        messages.add(List.of(community.message(ROOM, WRITER)));
      }
      double[] taken = new double[appends];
      Arrays.setAll(taken, i -> Interleaved.time(() -> store.append(messages.get(i))));
      pool.awaitQuiet();
      return taken;
    }

    private void park() {
      if (!isParked) {
        parked.park(engine.initialSync(WRITER, 0).end());
        isParked = true;
      }
    }

    @Override
    public void close() {
      engine.close();
      pool.close();
    }
  }
}
