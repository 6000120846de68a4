package io.github.matrixsync.benchmarks;

import io.github.matrixsync.benchmarks.scale.AppendCost;
import io.github.matrixsync.benchmarks.scale.ParkedHeap;
import io.github.matrixsync.benchmarks.scale.WakeAll;
import io.github.matrixsync.benchmarks.scale.WakeRoom;
import io.github.matrixsync.benchmarks.table.Question;
import java.util.List;

/** All questions, in the order of the table. */
final class Questions {
  static final List<Question> ALL =
      List.of(new ParkedHeap(), new WakeAll(), new WakeRoom(), new AppendCost());

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
