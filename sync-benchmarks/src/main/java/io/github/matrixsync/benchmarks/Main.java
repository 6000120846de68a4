package io.github.matrixsync.benchmarks;

import io.github.matrixsync.benchmarks.http.HttpLoad;
import io.github.matrixsync.benchmarks.postgres.PostgresLoad;
import io.github.matrixsync.benchmarks.table.Markdown;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures all questions, or some, and writes a table in Markdown. Each question runs in a process of
 * its own.
 */
@Command(
    name = "benchmarks",
    description = "Measures the engine, each figure beside the floor of the bare work.",
    mixinStandardHelpOptions = true,
    subcommands = {HttpLoad.class, PostgresLoad.class})
public final class Main implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "<question>",
      description = "asks this question alone; may be given again")
  private List<String> only = new ArrayList<>();

  @Option(names = "--quick", description = "about a tenth of the size")
  private boolean quick;

  @Option(
      names = "--smoke",
      description = "tiny, in this process: answers are checked, times say nothing")
  private boolean smoke;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "writes the table here as well as to the standard output")
  private @Nullable Path out;

  @Option(names = "--rows", hidden = true, description = "measures in this process, for another")
  private @Nullable Path rows;

  private Main() {}

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Size size = smoke ? Size.SMOKE : quick ? Size.QUICK : Size.FULL;
    List<Question> questions = Questions.named(only);
    if (rows != null) {
      Forks.write(questions.get(0).rows(size), rows);
      return 0;
    }
    return table(questions, size) ? 0 : 1;
  }

  /** Writes the table as it comes, and returns whether every question had an answer. */
  private boolean table(List<Question> questions, Size size) throws Exception {
    print(Markdown.heading(size), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    boolean complete = true;
    for (Question question : questions) {
      try {
        for (Row row : size == Size.SMOKE ? question.rows(size) : Forks.rows(question, size)) {
          print(Markdown.line(row), StandardOpenOption.APPEND);
        }
      } catch (IllegalStateException e) {
        System.err.println(question.name() + " has no answer: " + e);
        complete = false;
      }
    }
    return complete;
  }

  private void print(String text, StandardOpenOption... how) throws java.io.IOException {
    System.out.print(text);
    if (out != null) {
      List<StandardOpenOption> options = new ArrayList<>(List.of(how));
      options.add(StandardOpenOption.WRITE);
      Files.writeString(out, text, options.toArray(new StandardOpenOption[0]));
    }
  }
}
