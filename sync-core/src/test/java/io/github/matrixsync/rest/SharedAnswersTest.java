package io.github.matrixsync.rest;

import static io.github.matrixsync.rest.Examples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.StreamToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {
  private static final StreamToken START = StreamToken.of(1, 2, 3);
  private static final StreamToken OTHER_START = StreamToken.of(4, 2, 3);
  private static final StreamToken END = StreamToken.of(5, 2, 3);
  private static final StreamToken OTHER_END = StreamToken.of(6, 2, 3);

  private final SharedAnswers answers = new SharedAnswers();
  private final TestEdge edge = new TestEdge();

  @Test
  void of_samePlaceAndList_isOneAnswer() {
    List<ClientEvent> chunk = List.of(event(), event());
    answers.of(new EventBatch(START, END, chunk));

    RestResponse first = answers.of(new EventBatch(START, END, chunk));
    RestResponse second = answers.of(new EventBatch(StreamToken.of(1, 2, 3), END, chunk));

    assertThat(second).isSameAs(first);
  }

  @Test
  void of_otherPlaces_isAnotherAnswer() {
    List<ClientEvent> chunk = List.of(event());
    answers.of(new EventBatch(START, END, chunk));

    RestResponse first = answers.of(new EventBatch(START, END, chunk));

    assertThat(answers.of(new EventBatch(OTHER_START, END, chunk))).isNotSameAs(first);
    assertThat(answers.of(new EventBatch(START, OTHER_END, chunk))).isNotSameAs(first);
  }

  @Test
  void of_anotherListThatLooksTheSame_isAnotherAnswer() {
    ClientEvent event = event();
    answers.of(new EventBatch(START, END, List.of(event)));

    RestResponse first = answers.of(new EventBatch(START, END, List.of(event)));

    assertThat(answers.of(new EventBatch(START, END, List.of(event)))).isNotSameAs(first);
  }

  @Test
  void of_emptyLists_isOfEachPlace() throws IOException {
    byte[] first = bytes(answers.of(new EventBatch(START, END, List.of())));
    byte[] second = bytes(answers.of(new EventBatch(OTHER_START, END, List.of())));

    assertThat(first).isEqualTo(alone(START, List.of()));
    assertThat(second).isEqualTo(alone(OTHER_START, List.of()));
  }

  @Test
  void events_shared_haveTheBytesOfThoseThatAreNot() throws IOException {
    for (List<ClientEvent> chunk : List.of(List.of(event()), List.of(event(), event()))) {
      assertThat(body(START, chunk)).isEqualTo(alone(START, chunk));
      assertThat(body(OTHER_START, chunk)).isEqualTo(alone(OTHER_START, chunk));
      assertThat(body(START, chunk)).isEqualTo(alone(START, chunk));
    }
  }

  private byte[] body(StreamToken start, List<ClientEvent> chunk) throws IOException {
    edge.calls.answerWith(CompletableFuture.completedFuture(new EventBatch(start, END, chunk)));
    return bytes(edge.begin("/events", "from", start.toString()).join());
  }

  private static byte[] alone(StreamToken start, List<ClientEvent> chunk) throws IOException {
    return bytes(Bodies.events(new EventBatch(start, END, chunk)));
  }

  private static byte[] bytes(RestResponse response) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    response.writeTo(bytes);
    assertThat(bytes.size()).isEqualTo((int) response.length());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Content-Type", "application/json");
    return bytes.toByteArray();
  }

  private static ClientEvent event() {
    return message("$m");
  }
}
