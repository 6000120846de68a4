package io.github.matrixsync.rest;

import static io.github.matrixsync.rest.Examples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.EventBatch;
import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.StreamToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedChunksTest {
  private static final StreamToken START = StreamToken.of(1, 2, 3);
  private static final StreamToken OTHER_START = StreamToken.of(4, 2, 3);
  private static final StreamToken END = StreamToken.of(5, 2, 3);

  private final SharedChunks chunks = new SharedChunks();
  private final TestEdge edge = new TestEdge();

  @Test
  void encoded_theVeryListOfTheBatchBefore_isMadeOnce() {
    List<ClientEvent> chunk = List.of(event(), event());

    assertThat(chunks.encoded(new EventBatch(START, END, chunk))).isEmpty();
    var first = chunks.encoded(new EventBatch(OTHER_START, END, chunk));
    var second = chunks.encoded(new EventBatch(START, END, chunk));

    assertThat(first).isPresent();
    assertThat(second.orElseThrow()).isSameAs(first.orElseThrow());
  }

  @Test
  void encoded_anotherListThatLooksTheSame_isNone() {
    ClientEvent event = event();

    assertThat(chunks.encoded(new EventBatch(START, END, List.of(event)))).isEmpty();
    assertThat(chunks.encoded(new EventBatch(START, END, List.of(event)))).isEmpty();
  }

  @Test
  void encoded_emptyLists_areNone() {
    assertThat(chunks.encoded(new EventBatch(START, END, List.of()))).isEmpty();
    assertThat(chunks.encoded(new EventBatch(START, END, List.of()))).isEmpty();
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
