package io.github.matrixsync.benchmarks.micro;

import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Size;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the methods of one class by JMH, all in turn and several times, so that a figure and its floor are measured
 * close to each other. Each method runs in a process of its own, except in a smoke run. Immutable.
 */
final class Jmh {
  private static final String EVERY_METHOD = "\\..*";

  private final List<Collection<RunResult>> rounds;

  private Jmh(List<Collection<RunResult>> rounds) {
    this.rounds = rounds;
  }

  /**
   * Runs a class.
   *
   * @param parameters the values of its parameters, if they differ from those in the class
   */
  static Jmh run(Class<?> benchmark, Size size, Map<String, List<String>> parameters)
      throws RunnerException {
    System.setProperty(
        "jmh.ignoreLock",
        "true"); // several benchmarks may run at once, because ratios are compared
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include(benchmark.getName().replace("$", "\\.") + EVERY_METHOD)
        .forks(size.of(0, 1, 1))
        .warmupIterations(size.of(0, 3, 3))
        .warmupTime(TimeValue.milliseconds(size.of(1, 250, 400)))
        .measurementIterations(size.of(1, 3, 4))
        .measurementTime(TimeValue.milliseconds(size.of(1, 250, 300)))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
    parameters.forEach((name, values) -> options.param(name, values.toArray(new String[0])));
    List<Collection<RunResult>> rounds = new ArrayList<>();
    for (int round = 0; round < size.of(1, 1, 3); round++) {
      rounds.add(new Runner(options.build()).run());
    }
    return new Jmh(rounds);
  }

  /** Returns the times of two methods with the same parameters, in nanoseconds. */
  Interleaved times(String figure, String floor, Map<String, String> parameters) {
    return Interleaved.of(nanos(figure, parameters), nanos(floor, parameters));
  }

  /** Returns the median time of a method, in nanoseconds. */
  double median(String method, Map<String, String> parameters) {
    return Interleaved.median(nanos(method, parameters));
  }

  private double[] nanos(String method, Map<String, String> parameters) {
    return rounds.stream()
        .mapToDouble(round -> nanos(round, method, parameters))
        .toArray();
  }

  private static double nanos(
      Collection<RunResult> round, String method, Map<String, String> parameters) {
    return round.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
        .filter(result -> parameters.entrySet().stream()
            .allMatch(p -> p.getValue().equals(result.getParams().getParam(p.getKey()))))
        .mapToDouble(result -> result.getPrimaryResult().getScore())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no result of " + method + parameters));
  }
}
