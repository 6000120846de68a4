package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * How do latency and store reads under ordinary traffic compare with the best case?
 *
 * <p>Data: an engine on threads of its own, with all roles, over stores each of whose reads takes a millisecond;
 * clients that poll at the REST edge and, once answered, poll again. The best case, called lucky: 2,000 members of one
 * room, a message every 100 ms, nothing else. The ordinary case: 2,000 members, each in three of ten rooms by Zipf, a
 * message in each of the ten at once every 100 ms; a backfill every second; 20 who peek at one room each that they are
 * not in; ten changes of presence a second. The figures are the times from the first append of the ten until the body
 * with the message is in a buffer, for every message and client; and the calls of all stores per message. Every client
 * must get each message once and in order. Floor of the times, after each message or ten: one read and as many bare
 * futures as there are messages for clients, completed in chunks, each followed by a copy of a body. Floor of the
 * calls: those with a tenth of the members and peekers.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only ordinary-traffic</pre>
 */
public final class OrdinaryTraffic implements Question {
  private static final int MEMBERS = 2_000;
  private static final int ROOMS = 10;
  private static final int ROOMS_EACH = 3;
  private static final int MEMBERS_PER_PEEKER = 100;
  private static final double MOST = 5;

  @Override
  public String name() {
    return "ordinary-traffic";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int members = size.of(20, MEMBERS, MEMBERS);
    List<Row> rows = new ArrayList<>();
    String lucky = String.format("lucky case, %,d members of one room", members);
    rows.addAll(rows(lucky, members, size, OrdinaryTraffic::lucky));
    String ordinary =
        String.format("ordinary case, %,d members in %d of %d rooms", members, ROOMS_EACH, ROOMS);
    rows.addAll(rows(ordinary, members, size, OrdinaryTraffic::ordinary));
    return rows;
  }

  /** A case of a size. */
  private interface Case {
    Traffic.Scene of(int members);
  }

  private static Traffic.Scene lucky(int members) {
    return new Traffic.Scene(members, 1, 1, 0, false);
  }

  private static Traffic.Scene ordinary(int members) {
    int peekers = Math.max(1, members / MEMBERS_PER_PEEKER);
    return new Traffic.Scene(members, ROOMS, ROOMS_EACH, peekers, true);
  }

  private static List<Row> rows(String what, int members, Size size, Case of) throws Exception {
    Traffic.Measured few = measure(of.of(members / 10), size);
    Traffic.Measured all = measure(of.of(members), size);
    if (size != Size.SMOKE) {
      System.err.println(what + ": " + all.callsByMethod());
    }
    List<Row> rows = new ArrayList<>();
    rows.add(time(what + ": append → body, p50", all.members(), all.floors(), 50));
    rows.add(time("the same, p99", all.members(), all.floors(), 99));
    rows.add(time("the same, last", all.members(), all.floors(), 100));
    if (all.peekers().length > 0) {
      rows.add(time("the same, who peek: p50", all.peekers(), all.floors(), 50));
      rows.add(time("the same, who peek: p99", all.peekers(), all.floors(), 99));
    }
    rows.add(Row.of(
            "the same: store calls per message (floor: a tenth of the members)",
            Amount.count(all.callsPerMessage()),
            Amount.count(few.callsPerMessage()))
        .atMostTimesFloor(1.5));
    return rows;
  }

  private static Traffic.Measured measure(Traffic.Scene scene, Size size)
      throws InterruptedException {
    try (Traffic traffic = new Traffic(scene)) {
      return traffic.measure(size.of(1, 30, 50), size.of(2, 50, 150));
    }
  }

  private static Row time(String question, double[] figures, double[] floors, double percent) {
    return Row.of(
            question,
            Amount.nanos(Interleaved.percentile(figures, percent)),
            Amount.nanos(Interleaved.percentile(floors, percent)))
        .atMostTimesFloor(MOST);
  }
}
