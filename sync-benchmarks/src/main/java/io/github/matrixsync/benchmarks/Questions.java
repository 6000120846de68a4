package io.github.matrixsync.benchmarks;

import io.github.matrixsync.benchmarks.delivery.AppendCost;
import io.github.matrixsync.benchmarks.delivery.BesideSlowReader;
import io.github.matrixsync.benchmarks.delivery.BesideSnapshots;
import io.github.matrixsync.benchmarks.delivery.OrdinaryTraffic;
import io.github.matrixsync.benchmarks.delivery.WakeAll;
import io.github.matrixsync.benchmarks.delivery.WakeOne;
import io.github.matrixsync.benchmarks.delivery.WakeRoom;
import io.github.matrixsync.benchmarks.growth.Growth;
import io.github.matrixsync.benchmarks.memory.Cycles;
import io.github.matrixsync.benchmarks.memory.HugeSnapshot;
import io.github.matrixsync.benchmarks.memory.ParkedHeap;
import io.github.matrixsync.benchmarks.memory.WaiterHeap;
import io.github.matrixsync.benchmarks.memory.WindowHeap;
import io.github.matrixsync.benchmarks.micro.CatchUp;
import io.github.matrixsync.benchmarks.micro.EmptyPolls;
import io.github.matrixsync.benchmarks.micro.SingleEvents;
import io.github.matrixsync.benchmarks.micro.Snapshots;
import io.github.matrixsync.benchmarks.micro.Tokens;
import io.github.matrixsync.benchmarks.storecalls.AfterBackfill;
import io.github.matrixsync.benchmarks.storecalls.Peekers;
import io.github.matrixsync.benchmarks.storecalls.SharedSnapshots;
import io.github.matrixsync.benchmarks.storecalls.StoreReads;
import io.github.matrixsync.benchmarks.sync.SyncAway;
import io.github.matrixsync.benchmarks.sync.SyncFirst;
import io.github.matrixsync.benchmarks.sync.SyncIncrement;
import io.github.matrixsync.benchmarks.sync.SyncParked;
import io.github.matrixsync.benchmarks.sync.SyncWakeRoom;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.testkit.TestServers;
import io.github.matrixsync.benchmarks.testkit.TestWorlds;
import java.util.List;

/** All questions, in the order of the table. */
final class Questions {
  static final List<Question> ALL = List.of(
      new ParkedHeap(),
      new WaiterHeap(),
      new WakeAll(),
      new WakeRoom(),
      new OrdinaryTraffic(),
      new Peekers(),
      new AfterBackfill(),
      new BesideSlowReader(),
      new BesideSnapshots(),
      new WindowHeap(),
      new WakeOne(),
      new AppendCost(),
      new StoreReads(),
      new EmptyPolls(),
      new CatchUp(),
      new Snapshots(),
      new HugeSnapshot(),
      new SharedSnapshots(),
      new SingleEvents(),
      new SyncParked(),
      new SyncWakeRoom(),
      new SyncIncrement(),
      new SyncFirst(),
      new SyncAway(),
      new Tokens(),
      new Cycles(),
      new Growth(),
      new TestWorlds(),
      new TestServers());

  private Questions() {}

  /** Returns the questions with these names; all, if none is given. */
  static List<Question> named(List<String> names) {
    List<Question> named = ALL.stream()
        .filter(question -> names.isEmpty() || names.contains(question.name()))
        .toList();
    if (!names.isEmpty() && named.size() < names.size()) {
      throw new IllegalArgumentException(
          "--only takes some of " + ALL.stream().map(Question::name).toList() + ", got " + names);
    }
    return named;
  }
}
