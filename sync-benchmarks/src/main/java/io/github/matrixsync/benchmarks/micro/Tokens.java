package io.github.matrixsync.benchmarks.micro;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.domain.token.StreamToken;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take to parse a token and to print it again?
 *
 * <p>Data: one token of three parts, of six, five and four digits. There is no floor.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only tokens</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Tokens implements Question {
  /** The token's text. */
  @State(Scope.Thread)
  public static class Text {
    String value = "s345678_91234_4567";
  }

  /** Parses and prints. */
  @Benchmark
  public String parseAndPrint(Text text) {
    return StreamToken.parse(text.value).toString();
  }

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    Jmh jmh = Jmh.run(Tokens.class, size, Map.of());
    return List.of(
        Row.of("token parse + print", Amount.nanos(jmh.median("parseAndPrint", Map.of())))
            .atMost(Amount.nanos(100)));
  }
}
