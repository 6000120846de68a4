package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Api;
import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.table.Markdown;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures a homeserver over HTTP. Each question starts a server of its own, unless the address of a
 * running server is given.
 */
@Command(
    name = "http",
    description = "Measures a homeserver over HTTP.",
    mixinStandardHelpOptions = true)
public final class HttpLoad implements Callable<Integer> {
  private static final List<Load> LOADS = List.of(
      new Delivery(),
      new LastAnswer(Api.V1),
      new LastAnswer(Api.SYNC),
      new SnapshotRate(Api.V1),
      new SnapshotRate(Api.SYNC),
      new EventRate(),
      new ConnectionMemory());

  /** The server to measure. */
  private static final class Target {
    @Option(
        names = "--server",
        required = true,
        paramLabel = "<jar>",
        description = "starts this homeserver for each question")
    private @Nullable Path jar;

    @Option(
        names = "--url",
        required = true,
        paramLabel = "<base>",
        description = "a homeserver that runs already, such as http://127.0.0.1:8008")
    private @Nullable URI url;

    Server server() throws Exception {
      return jar != null ? Server.start(jar) : Server.at(java.util.Objects.requireNonNull(url));
    }
  }

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(
      names = "--only",
      paramLabel = "<question>",
      description = "asks this question alone; may be given again")
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
  public HttpLoad() {}

  @Override
  public Integer call() throws Exception {
    Size size = smoke ? Size.SMOKE : quick ? Size.QUICK : Size.FULL;
    StringBuilder table = new StringBuilder(Markdown.heading(size));
    System.out.print(table);
    boolean complete = true;
    for (Load load : LOADS) {
      if (only.isEmpty() || only.contains(load.name())) {
        complete &= add(load, size, table);
      }
    }
    if (out != null) {
      Files.writeString(out, table);
    }
    return complete ? 0 : 1;
  }

  private boolean add(Load load, Size size, StringBuilder table) throws Exception {
    try (Server server = target.server();
        Client client = new Client(server.base())) {
      for (Row row : load.rows(client, server, size)) {
        System.out.print(Markdown.line(row));
        table.append(Markdown.line(row));
      }
      return true;
    } catch (RuntimeException e) {
      System.err.println(load.name() + " has no answer: " + e);
      return false;
    }
  }
}
