package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The helpers for adapters of HTTP servers: decoding queries, and bodies as arrays. */
class HostPartsTest {
  @Test
  void query_repeatedEmptyAndEncoded_isDecodedInOrder() {
    assertThat(RestRequest.decodeQuery("a=1&b=&a=%C3%A4+%2B&c&&d=x=y"))
        .containsOnly(
            entry("a", List.of("1", "ä +")),
            entry("b", List.of("")),
            entry("c", List.of("")),
            entry("d", List.of("x=y")));
  }

  @Test
  void query_empty_hasNoParameters() {
    assertThat(RestRequest.decodeQuery("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%zz", "%=1", "a=1&b=%2", "a=%-1", "a=%+1"})
  void query_brokenEscape_isRefused(String query) {
    assertThatThrownBy(() -> RestRequest.decodeQuery(query))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void body_asArray_isWhatIsWritten() {
    RestResponse response = new Body("{\"ä\":1}", false);
    assertThat(response.toByteArray()).isEqualTo("{\"ä\":1}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void body_thatCannotBeWritten_isThrown() {
    assertThatThrownBy(() -> new Body("{}", true).toByteArray())
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("broken");
  }

  private record Body(String text, boolean isBroken) implements RestResponse {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public long length() {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      if (isBroken) {
        throw new IOException("broken");
      }
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
