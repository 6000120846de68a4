package io.github.matrixsync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Asks every question at its smallest size. A wrong, missing or double answer fails; times say nothing and are not
 * looked at.
 */
class SmokeTest {
  static Stream<Question> questions() {
    return Questions.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void rows_smallestSize_everyAnswerChecked(Question question) throws Exception {
    List<Row> rows = question.rows(Size.SMOKE);

    assertThat(rows).isNotEmpty().allSatisfy(row -> {
      assertThat(row.question()).isNotBlank();
      assertThat(row.figure()).isNotBlank();
    });
  }
}
