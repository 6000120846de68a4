package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.sync.StateMode;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.world.Logged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /sync}: what is asked of the engine, and what is refused. */
class SyncRequestsTest {
  @RegisterExtension
  final Logged logged = new Logged();

  private static final SyncOptions ONLINE =
      SyncOptions.DEFAULT.withPresence(Optional.of(PresenceState.ONLINE));
  private static final String FILTER = "{\"room\":{\"timeline\":{\"limit\":3}}}";

  private final TestEdge edge = new TestEdge();

  private SyncOptions asked(String... namesAndValues) {
    assertThat(edge.getR0("/sync", namesAndValues).status()).isEqualTo(200);
    return lastAsked().options();
  }

  private FakeEngine.Synced lastAsked() {
    return (FakeEngine.Synced) edge.engine.asked.get(edge.engine.asked.size() - 1);
  }

  @Test
  void sync_noParameters_isAFirstAnswerAtOnce() {
    Reply reply = edge.getR0("/sync");

    assertThat(reply.body()).containsKeys("next_batch", "rooms");
    assertThat(lastAsked())
        .isEqualTo(new FakeEngine.Synced(TestEdge.ALICE, null, Duration.ZERO, ONLINE));
  }

  @Test
  void sync_sinceAndTimeout_arePassedOn() {
    edge.getR0("/sync", "since", "s5_2_1", "timeout", "20000");

    assertThat(lastAsked().since()).isEqualTo(StreamToken.parse("s5_2_1"));
    assertThat(lastAsked().timeout()).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({
    "since, ''",
    "timeout, 0",
    "timeout, -1",
    "full_state, false",
    "use_state_after, false",
    "set_presence, online",
    "filter, ''",
    "_cacheBuster, 1",
    "presence, offline"
  })
  void sync_parameterThatChangesNothing_isAFirstAnswer(String name, String value) {
    assertThat(asked(name, value)).isEqualTo(ONLINE);
    assertThat(lastAsked().since()).isNull();
    assertThat(lastAsked().timeout()).isZero();
  }

  @Test
  void sync_options_areThoseOfTheParameters() {
    assertThat(asked("full_state", "true")).isEqualTo(ONLINE.withFullState(true));
    assertThat(asked("set_presence", "unavailable"))
        .isEqualTo(ONLINE.withPresence(Optional.of(PresenceState.UNAVAILABLE)));
    assertThat(asked("set_presence", "offline")).isEqualTo(ONLINE.withPresence(Optional.empty()));
    assertThat(asked("use_state_after", "true")).isEqualTo(ONLINE.withStateMode(StateMode.AFTER));
  }

  @Test
  void sync_stateAfterInBothSpellings_stableOneCounts() {
    String unstable = "org.matrix.msc4222.use_state_after";
    assertThat(asked(unstable, "true").stateMode()).isEqualTo(StateMode.AFTER_UNSTABLE);
    assertThat(asked(unstable, "true", "use_state_after", "true").stateMode())
        .isEqualTo(StateMode.AFTER);
    assertThat(asked(unstable, "true", "use_state_after", "false").stateMode())
        .isEqualTo(StateMode.BEFORE);
  }

  @Test
  void sync_filterInlineOrById_isTheSame() {
    SyncOptions filtered = ONLINE.withFilter(FilterSpec.parse(FILTER));
    Object id = edge.post("/user/@alice:h/filter", FILTER).body().get("filter_id");

    assertThat(asked("filter", FILTER)).isEqualTo(filtered);
    assertThat(asked("filter", String.valueOf(id))).isEqualTo(filtered);
  }

  @Test
  void sync_filterThatIsReadLater_asksThen() {
    CompletableFuture<Optional<RawJson>> read = new CompletableFuture<>();
    edge.engine.filter = Optional.of(read);
    RestRequest request =
        new RestRequest("/sync", Map.of("filter", List.of("0")), TestEdge.ALICE, EventForm.R0);
    CompletableFuture<RestResponse> answer = edge.edge.get(request).orElseThrow();
    assertThat(edge.engine.asked).isEmpty();

    read.complete(Optional.of(RawJson.of(FILTER)));

    assertThat(lastAsked().options()).isEqualTo(ONLINE.withFilter(FilterSpec.parse(FILTER)));
    assertThat(Reply.of(answer.join()).status()).isEqualTo(200);
  }

  @Test
  void sync_cancelledAfterItsFilterIsThere_cancelsThePoll() {
    CompletableFuture<Optional<RawJson>> read = new CompletableFuture<>();
    edge.engine.filter = Optional.of(read);
    CompletableFuture<?> poll = edge.engine.answerWith(new CompletableFuture<>());
    RestRequest request =
        new RestRequest("/sync", Map.of("filter", List.of("0")), TestEdge.ALICE, EventForm.R0);
    CompletableFuture<RestResponse> answer = edge.edge.get(request).orElseThrow();
    read.complete(Optional.of(RawJson.of(FILTER)));

    answer.cancel(true);

    assertThat(poll).isCancelled();
  }

  @Test
  void sync_filterThatCannotBeRead_is500() {
    edge.engine.filter =
        Optional.of(CompletableFuture.failedFuture(StoreException.failed("test", null)));

    Reply reply = edge.getR0("/sync", "filter", "0");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(edge.engine.asked).isEmpty();
    assertThat(logged.entries()).hasSize(1);
  }

  @Test
  void sync_storedFilterThatIsInvalid_is400() {
    edge.engine.filter = Optional.of(CompletableFuture.completedFuture(
        Optional.of(RawJson.of("{\"room\":{\"timeline\":{\"limit\":-1}}}"))));

    Reply reply = edge.getR0("/sync", "filter", "0");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void sync_cancelledBeforeItsFilterIsThere_neverPolls() {
    CompletableFuture<Optional<RawJson>> read = new CompletableFuture<>();
    edge.engine.filter = Optional.of(read);
    RestRequest request =
        new RestRequest("/sync", Map.of("filter", List.of("0")), TestEdge.ALICE, EventForm.R0);
    edge.edge.get(request).orElseThrow().cancel(true);

    read.complete(Optional.of(RawJson.of(FILTER)));

    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void sync_ofADevice_isThatDevices() {
    RestRequest request = new RestRequest("/sync", Map.of(), TestEdge.ALICE, EventForm.R0)
        .withDevice(DeviceId.parse("PHONE"));

    edge.edge.get(request).orElseThrow().join();

    assertThat(lastAsked().options()).isEqualTo(ONLINE.withDevice(DeviceId.parse("PHONE")));
  }

  @Test
  void sync_ofAServiceAsItself_isRefused() {
    RestRequest request = new RestRequest("/sync", Map.of(), TestEdge.ALICE, EventForm.R0)
        .withService(ServiceNamespaces.of(List.of(), List.of(), List.of()));

    Reply reply = Reply.of(edge.edge.get(request).orElseThrow().join());

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.errcode()).isEqualTo("M_FORBIDDEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "since|x|M_UNKNOWN",
        "since|END|M_UNKNOWN",
        "since|s1_2|M_UNKNOWN",
        "since|s1_2_3_4_5_6_7_8|M_UNKNOWN",
        "since|p1~s1_2_3|M_UNKNOWN",
        "since|t1-2_0_0|M_UNKNOWN",
        "from|s5_2_1|M_INVALID_PARAM",
        "timeout|x|M_INVALID_PARAM",
        "timeout|1.5|M_INVALID_PARAM",
        "timeout|``|M_INVALID_PARAM",
        "full_state|1|M_INVALID_PARAM",
        "full_state|TRUE|M_INVALID_PARAM",
        "full_state|``|M_INVALID_PARAM",
        "use_state_after|yes|M_INVALID_PARAM",
        "org.matrix.msc4222.use_state_after|yes|M_INVALID_PARAM",
        "set_presence|busy|M_INVALID_PARAM",
        "set_presence|``|M_INVALID_PARAM",
        "filter|{|M_NOT_JSON",
        "filter|{\"room\":[]}|M_INVALID_PARAM",
        "filter|{\"room\":{\"state\":{\"lazy_load_members\":1}}}|M_INVALID_PARAM",
        "filter|0|M_INVALID_PARAM"
      })
  void sync_malformedParameter_isRefused(String name, String value, String errcode) {
    Reply reply = edge.getR0("/sync", name, value);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo(errcode);
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void sync_inTheFormOfV1_isNoneOfTheEdge() {
    assertThat(edge.knows("/sync")).isFalse();
  }
}
