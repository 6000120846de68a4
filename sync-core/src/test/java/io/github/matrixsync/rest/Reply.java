package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as a client reads it. */
record Reply(int status, Map<String, @Nullable Object> body) {
  /** Parses {@code response}, and checks what every answer must satisfy. */
  static Reply of(RestResponse response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(response.length()).isEqualTo(out.size());
    assertThat(response.headers()).containsEntry("Content-Type", "application/json");
    Map<String, @Nullable Object> body = JsonTree.object(out.toByteArray());
    if (response.status() == 429) {
      assertThat(body).containsOnlyKeys("errcode", "error", "retry_after_ms");
      assertThat(body.get("retry_after_ms")).isInstanceOf(Long.class);
    } else if (response.status() != 200) {
      assertThat(body).containsOnlyKeys("errcode", "error");
      assertThat(body.values()).allSatisfy(text -> assertThat(text).isInstanceOf(String.class));
    }
    return new Reply(response.status(), body);
  }

  @Nullable Object errcode() {
    return body.get("errcode");
  }

  String error() {
    return String.valueOf(body.get("error"));
  }
}
