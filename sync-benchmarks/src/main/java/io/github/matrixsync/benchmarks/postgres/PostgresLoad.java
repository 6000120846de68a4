package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.benchmarks.table.Markdown;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that measures the PostgreSQL store. */
@Command(
    name = "postgres",
    description = "Measures the PostgreSQL store, on a server that it starts or one that is given.",
    mixinStandardHelpOptions = true)
public final class PostgresLoad implements Callable<Integer> {
  @Option(
      names = "--jdbc-url",
      paramLabel = "<url>",
      description =
          "a server that runs already, with a user who may make schemas; without it one is started")
  private @Nullable String url;

  @Option(
      names = "--events",
      paramLabel = "<number>",
      defaultValue = "1000000",
      description =
          "how large the history is at full size; 10000000 takes about 12 GB and some minutes")
  private long events;

  @Option(
      names = "--only",
      paramLabel = "<question>",
      description =
          "asks this question alone: append, cpu, wake, foreign or large; may be given again")
  private List<String> only = new ArrayList<>();

  @Option(names = "--quick", description = "shorter")
  private boolean quick;

  @Option(names = "--smoke", description = "tiny: answers are checked, times say nothing")
  private boolean smoke;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "writes the table here as well as to the standard output")
  private @Nullable Path out;

  /** Called by picocli. */
  public PostgresLoad() {}

  @Override
  public Integer call() throws Exception {
    Size size = smoke ? Size.SMOKE : quick ? Size.QUICK : Size.FULL;
    StringBuilder table = new StringBuilder(Markdown.heading(size));
    System.out.print(table);
    try (PostgresServer server = new PostgresServer(url)) {
      for (StoreLoad load : loads()) {
        if (only.isEmpty() || only.contains(load.name())) {
          for (Row row : load.rows(server, size)) {
            System.out.print(Markdown.line(row));
            table.append(Markdown.line(row));
          }
        }
      }
    }
    if (out != null) {
      Files.writeString(out, table);
    }
    return 0;
  }

  private List<StoreLoad> loads() {
    return List.of(
        new AppendRates(),
        new ServerCpu(),
        new WakeTimes(),
        new ForeignLoads(),
        new LargeReads(events));
  }
}
