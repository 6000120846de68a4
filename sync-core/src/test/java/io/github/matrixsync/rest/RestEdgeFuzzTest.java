package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.world.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Random requests and events against a real engine: each request is answered as documented, and each event that can be
 * parsed can be encoded.
 *
 * <p>{@code -Dfuzz.inputs=10000000 -Dfuzz.threads=2} sets how many. A failure names its seed: {@code -Dfuzz.seed=...
 * -Dfuzz.inputs=1000} reproduces it.
 */
class RestEdgeFuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20_150_918L);
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
  private static final int THREADS = Integer.getInteger("fuzz.threads", 1);

  /** The inputs for one host: enough for tokens of its answers to be used, and so few that its rooms stay small. */
  private static final int ROUND = 1_000;

  @Test
  void get_randomInputs_areAnsweredAsDocumented() throws Exception {
    FuzzTally tally = new FuzzTally();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<FuzzTally>> rounds = new ArrayList<>();
      for (int round = 0; round < (INPUTS + ROUND - 1) / ROUND; round++) {
        long seed = SEED + round;
        rounds.add(threads.submit(() -> round(seed)));
      }
      for (Future<FuzzTally> round : rounds) {
        tally.add(round.get());
      }
    } finally {
      threads.shutdownNow();
    }
    Report.write("fuzz", "seed " + SEED + ": " + tally);
    assertThat(tally.of("200") * 2).as("%s", tally).isGreaterThanOrEqualTo(tally.total());
  }

  private static FuzzTally round(long seed) {
    Random random = new Random(seed);
    FuzzTally tally = new FuzzTally();
    try (FuzzHost host = new FuzzHost(random)) {
      FuzzRequests requests = new FuzzRequests(host, random);
      for (int i = 0; i < ROUND; i++) {
        tally.add(
            random.nextInt(8) == 0
                ? event(host, requests)
                : request(requests.next(), host, requests));
        if (random.nextInt(8) == 0) {
          host.act();
        }
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ", after " + tally, e);
    }
    return tally;
  }

  /** Appends an event and requests it. */
  private static String event(FuzzHost host, FuzzRequests requests) {
    Optional<EventId> id = host.takeMutated();
    if (id.isEmpty()) {
      return FuzzTally.NO_EVENT;
    }
    String path = "/events/" + FuzzRequests.encoded(id.get().value());
    return request(new RestRequest(path, Map.of(), FuzzHost.USERS.get(0)), host, requests);
  }

  private static String request(RestRequest request, FuzzHost host, FuzzRequests requests) {
    try {
      return answer(request, host, requests);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(request + " with " + request.query(), e);
    }
  }

  private static String answer(RestRequest request, FuzzHost host, FuzzRequests requests) {
    Optional<FuzzAnswers> endpoint = FuzzAnswers.at(request.path(), request.form());
    boolean isPost = endpoint.filter(FuzzAnswers.NEW_FILTER::equals).isPresent();
    Optional<CompletableFuture<RestResponse>> answer =
        isPost ? host.edge.post(request, requests.filter()) : host.edge.get(request);
    assertThat(answer.isPresent()).isEqualTo(endpoint.isPresent());
    if (answer.isEmpty()) {
      return FuzzTally.NO_ENDPOINT;
    }
    RestResponse response = awaited(answer.get(), host);
    byte[] body = FuzzAnswers.written(response);
    requests.remember(body);
    return endpoint.orElseThrow().check(response.status(), body);
  }

  /** Returns the answer; for a parked poll, appends an event or lets its timeout pass. */
  private static RestResponse awaited(CompletableFuture<RestResponse> answer, FuzzHost host) {
    if (!answer.isDone()) {
      host.act();
    }
    if (!answer.isDone()) {
      host.pass();
    }
    assertThat(answer).isCompleted();
    return answer.join();
  }
}
