package io.github.matrixsync.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.examples.guides.ErrorTable.Row;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.ReadSettings;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.Restart;
import io.github.matrixsync.testkit.TestUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide's table of errors agrees with the edge's answers, and no message and no errcode is missing. */
class ErrorTableTest {
  private static final Pattern ERRCODE = Pattern.compile("\"(M_[A-Z_]+)\"");
  private static final List<String> WITH_MESSAGES = List.of(
      "rest/Bodies",
      "rest/Failures",
      "rest/Parameters",
      "rest/RoomEndpoints",
      "rest/Route",
      "rest/SyncEndpoints",
      "internal/error/EngineErrors",
      "domain/token/StreamToken",
      "domain/token/HistoryToken",
      "domain/token/TokenParts");

  /** Sources of the test kit whose texts are descriptions in a story, not messages. */
  private static final Set<String> STORIES = Set.of(
      "EventText.java",
      "LateCommit.java",
      "Sender.java",
      "Story.java",
      "StoryUpToHere.java",
      "WorldAccounts.java");

  private static final Path KIT_DOCUMENT = Path.of("docs", "testkit-messages.md");

  private static final Pattern BODY =
      Pattern.compile("\"errcode\":\"([^\"]*)\",\"error\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** The settings of the engine that an error needs, by the situation in the table. */
  private static final Map<String, Consumer<SyncEngineBuilder>> ENGINES = Map.of(
      "while the user has as many polls",
      engine -> engine.polls(PollSettings.DEFAULT.withPerUser(1)),
      "while the server has as many polls",
      engine -> engine.polls(PollSettings.DEFAULT.withInAll(1)),
      "while others are too large",
      engine -> engine.reads(ReadSettings.DEFAULT.withSnapshotBytes(1)));

  private final SyncEngine bare = SyncEngine.builder(MemoryEventStore.create()).build();

  @AfterEach
  void close() {
    bare.close();
  }

  static List<Row> rows() {
    return ErrorTable.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void request_ofTheTable_isAnsweredAsWritten(Row row) throws Exception {
    try (MatrixWorld world = MatrixWorld.builder()
        .engine(ENGINES.getOrDefault(row.situation(), engine -> {}))
        .build()) {
      TestUser alice = world.user("alice");
      alice.creates("here");
      RestEdge edge = RestEdge.of(world.engine());
      switch (row.situation()) {
        case "after a purge" -> {
          world.restarts(Restart.FORGETTING);
          edge = RestEdge.of(world.engine());
        }
        case "while the user has as many polls", "while the server has as many polls" ->
          edge.get(request(row, alice));
        case "while the store fails" -> world.storeFails(1);
        case "on an engine without receipts" -> edge = RestEdge.of(bare);
        case "after `close()`" -> world.engine().close();
        default -> {}
      }

      RestResponse response = answer(edge, row, alice).get(20, TimeUnit.SECONDS);

      Matcher body = BODY.matcher(new String(response.toByteArray()));
      assertThat(body.find()).isTrue();
      String message = body.group(2).replace("\\\"", "\"");
      assertThat(response.status() + " " + body.group(1) + ": " + message)
          .isEqualTo(row.status() + " " + row.errcode() + ": " + row.message());
    }
  }

  private static CompletableFuture<RestResponse> answer(RestEdge edge, Row row, TestUser alice) {
    RestRequest request = request(row, alice);
    if (row.method().equals("GET")) {
      return edge.get(request).orElseThrow();
    }
    String body = row.situation().equals("with 70,000 bytes")
        ? "{\"room\":\"" + "x".repeat(70_000) + "\"}"
        : row.situation().replaceFirst("with `(.*)`", "$1");
    return edge.post(request, RawJson.of(body)).orElseThrow();
  }

  private static RestRequest request(Row row, TestUser alice) {
    RestRequest request =
        new RestRequest(row.path(), RestRequest.decodeQuery(row.query()), alice.id(), EventForm.R0);
    return row.situation().startsWith("of an application service")
        ? request.withService(
            ServiceNamespaces.of(List.of(Pattern.compile("@irc_.*")), List.of(), List.of()))
        : request;
  }

  @Test
  void messages_ofTheEdge_areAllInTheTable() {
    Set<String> missing = new TreeSet<>();
    String document = Documents.ofRepository().read(ErrorTable.DOCUMENT).replace("\n", " ");
    for (String file : WITH_MESSAGES) {
      Path source = Path.of("sync-core/src/main/java/io/github/matrixsync", file + ".java");
      Literals.ofMessages(Documents.ofRepository().read(source))
          .filter(words -> !document.contains(words.strip()))
          .forEach(missing::add);
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void messages_ofTheTestKit_areAllInTheirDocument() {
    String document = Documents.ofRepository().read(KIT_DOCUMENT);

    assertThat(wordsOf("sync-testkit"))
        .hasSizeGreaterThan(100)
        .filteredOn(words -> !document.contains(words))
        .isEmpty();
  }

  @Test
  void messages_ofTheTestKitsDocument_areStillThere() {
    Set<String> words = new TreeSet<>(wordsOf("sync-testkit"));
    words.addAll(wordsOf("sync-homeserver"));
    List<String> messages = Documents.ofRepository()
        .read(KIT_DOCUMENT)
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| message |"))
        .map(line -> line.split(" \\| ", 2)[0].substring(2))
        .toList();

    assertThat(messages)
        .hasSizeGreaterThan(50)
        .filteredOn(message -> words.stream().noneMatch(message::contains))
        .isEmpty();
  }

  /** Returns the texts between the names and numbers in a module's messages. */
  private static Set<String> wordsOf(String module) {
    Documents documents = Documents.ofRepository();
    Set<String> words = new TreeSet<>();
    for (Path source : documents.below(Path.of(module, "src", "main", "java"), ".java")) {
      if (!source.toString().contains("/law/")
          && !STORIES.contains(source.getFileName().toString())) {
        Literals.ofMessages(documents.read(source))
            .flatMap(literal -> Arrays.stream(literal.split("%,?[ds]|\\\\n|\\.\\.\\.")))
            .map(text -> text.replace("\\\"", "\"").strip())
            .filter(text -> text.contains(" "))
            .forEach(words::add);
      }
    }
    return words;
  }

  @Test
  void errcodes_ofTheEdgeAndOfTheExampleHomeserver_areAllInTheDocument() {
    Documents documents = Documents.ofRepository();
    String document = documents.read(ErrorTable.DOCUMENT);
    Set<String> missing = new TreeSet<>();
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("sync-core", "sync-homeserver", "examples/homeserver")) {
      sources.addAll(documents.below(Path.of(module, "src", "main", "java"), ".java"));
    }
    for (Path source : sources) {
      Stream<String> codes =
          ERRCODE.matcher(documents.read(source)).results().map(code -> code.group(1));
      codes.filter(code -> !document.contains("`" + code + "`")).forEach(missing::add);
    }
    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(missing).isEmpty();
  }
}
