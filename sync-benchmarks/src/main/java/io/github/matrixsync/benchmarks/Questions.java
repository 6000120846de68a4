package io.github.matrixsync.benchmarks;

import io.github.matrixsync.benchmarks.micro.CatchUp;
import io.github.matrixsync.benchmarks.micro.EmptyPolls;
import io.github.matrixsync.benchmarks.micro.SingleEvents;
import io.github.matrixsync.benchmarks.micro.Snapshots;
import io.github.matrixsync.benchmarks.micro.Tokens;
import io.github.matrixsync.benchmarks.scale.AfterBackfill;
import io.github.matrixsync.benchmarks.scale.AppendCost;
import io.github.matrixsync.benchmarks.scale.BesideSlowReader;
import io.github.matrixsync.benchmarks.scale.BesideSnapshots;
import io.github.matrixsync.benchmarks.scale.Cycles;
import io.github.matrixsync.benchmarks.scale.Growth;
import io.github.matrixsync.benchmarks.scale.HugeSnapshot;
import io.github.matrixsync.benchmarks.scale.OrdinaryTraffic;
import io.github.matrixsync.benchmarks.scale.ParkedHeap;
import io.github.matrixsync.benchmarks.scale.Peekers;
import io.github.matrixsync.benchmarks.scale.SharedSnapshots;
import io.github.matrixsync.benchmarks.scale.StoreReads;
import io.github.matrixsync.benchmarks.scale.WaiterHeap;
import io.github.matrixsync.benchmarks.scale.WakeAll;
import io.github.matrixsync.benchmarks.scale.WakeOne;
import io.github.matrixsync.benchmarks.scale.WakeRoom;
import io.github.matrixsync.benchmarks.scale.WindowHeap;
import io.github.matrixsync.benchmarks.table.Question;
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
      new Tokens(),
      new Cycles(),
      new Growth());

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
